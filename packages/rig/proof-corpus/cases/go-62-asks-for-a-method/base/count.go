package tally

import "strings"

// Count reads lines of "shard voter".
func Count(tally *Tally, text string) {
	for _, line := range strings.Split(text, "\n") {
		if fields := strings.Fields(line); len(fields) == 2 {
			tally.Add(fields[0], fields[1])
		}
	}
}
