package config

// Config holds settings by name.
type Config struct {
	Title  string
	values map[string]string
}

func New(title string) *Config {
	return &Config{Title: title, values: map[string]string{}}
}

func (c *Config) Set(name, value string) {
	c.values[name] = value
}

func (c *Config) Get(name string) string {
	return c.values[name]
}
