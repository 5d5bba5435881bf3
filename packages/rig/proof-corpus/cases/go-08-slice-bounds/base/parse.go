package heredoc

import (
	"errors"
	"strings"
)

var ErrUnclosed = errors.New("unclosed")

// Parse reads <<TAG, lines and TAG.
func Parse(text string) (string, error) {
	first, rest, found := strings.Cut(text, "\n")
	if !found || !strings.HasPrefix(first, "<<") {
		return "", ErrUnclosed
	}
	tag := strings.TrimPrefix(first, "<<")
	text = rest
	return body(text, tag), nil
}

func body(text, tag string) string {
	end := strings.Index(text, tag)
	return text[:end]
}
