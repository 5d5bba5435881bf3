package gateway

import (
	"fmt"
	"strings"
)

// Summary describes services, one a line.
func Summary(services []Service) string {
	var lines []string
	for _, s := range services {
		lines = append(lines, describe(s))
	}
	return strings.Join(lines, "\n")
}

func describe(s Service) string {
	return fmt.Sprintf("%s in %s", s.Name, s.Gateway.Region)
}
