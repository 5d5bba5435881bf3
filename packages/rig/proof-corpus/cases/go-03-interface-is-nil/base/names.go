package profiles

func names(entries []map[string]any) []string {
	var found []string
	for _, entry := range entries {
		found = append(found, entry["name"].(string))
	}
	return found
}
