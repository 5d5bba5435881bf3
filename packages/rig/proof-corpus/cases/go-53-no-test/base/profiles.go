package profiles

import (
	"encoding/json"
	"strings"
)

// Menu shows the names of profiles, one a line.
func Menu(document []byte) (string, error) {
	var entries []map[string]any
	if err := json.Unmarshal(document, &entries); err != nil {
		return "", err
	}
	return strings.Join(names(entries), "\n"), nil
}
