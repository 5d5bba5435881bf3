package config

import "strings"

// Load reads lines of name=value into c.
func Load(c *Config, text string) *Config {
	for _, line := range strings.Split(text, "\n") {
		name, value, found := strings.Cut(line, "=")
		if found {
			c.Set(name, value)
		}
	}
	return c
}
