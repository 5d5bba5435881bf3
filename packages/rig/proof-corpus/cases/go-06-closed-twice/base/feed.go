package feed

// Feed passes items to one reader.
type Feed struct {
	items chan string
}

func New() *Feed {
	return &Feed{items: make(chan string, 8)}
}

func (f *Feed) Send(item string) {
	f.items <- item
}

func (f *Feed) Close() {
	close(f.items)
}

func (f *Feed) Drain() []string {
	var all []string
	for item := range f.items {
		all = append(all, item)
	}
	return all
}
