package config

import "testing"

func TestLoad(t *testing.T) {
	c := Load(New("db"), "host=a\n\nport=1")
	if c.Get("port") != "1" {
		t.Errorf("port is %q", c.Get("port"))
	}
}
