package limits

import (
	"strconv"
	"strings"
)

// size reads 512, 512K or 512M.
func size(text string) (int64, error) {
	factor := int64(1)
	switch {
	case strings.HasSuffix(text, "K"):
		factor = 1 << 10
	case strings.HasSuffix(text, "M"):
		factor = 1 << 20
	}
	number, err := strconv.ParseInt(strings.TrimRight(text, "KM"), 10, 64)
	return number * factor, err
}
