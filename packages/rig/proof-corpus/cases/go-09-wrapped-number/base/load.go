package limits

import "fmt"

// Load reads named limits.
func Load(values map[string]string) (map[string]int64, error) {
	limits := map[string]int64{}
	for name, text := range values {
		number, err := size(text)
		if err != nil {
			return nil, fmt.Errorf("limit %s: %w", name, err)
		}
		limits[name] = number
	}
	return limits, nil
}
