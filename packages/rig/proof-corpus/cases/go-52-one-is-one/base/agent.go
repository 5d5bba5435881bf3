package agent

import "strings"

// Agent is what a browser says of itself.
type Agent struct {
	Platform string
	Language string
}

// Parse reads the first comment of a user agent.
func Parse(text string) Agent {
	_, rest, found := strings.Cut(text, "(")
	if !found {
		return Agent{}
	}
	comment, _, _ := strings.Cut(rest, ")")
	return parseComment(comment)
}

func parseComment(comment string) Agent {
	parts := strings.Split(comment, "; ")
	if len(parts) == 1 {
		return Agent{Platform: parts[0]}
	}
	return Agent{Platform: parts[0], Language: parts[2]}
}
