package feed

// StopAll closes every feed; the same feed may be listed more than once.
func StopAll(feeds ...*Feed) {
	for _, f := range feeds {
		f.Close()
	}
}
