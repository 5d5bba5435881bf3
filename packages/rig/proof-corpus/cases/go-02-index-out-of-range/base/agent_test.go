package agent

import "testing"

func TestParse(t *testing.T) {
	tests := []struct {
		name string
		text string
		want Agent
	}{
		{"no comment", "curl/8.0", Agent{}},
		{"a platform", "Mozilla/5.0 (Linux)", Agent{Platform: "Linux"}},
		{"a language", "Mozilla/5.0 (X11; U; en)", Agent{Platform: "X11", Language: "en"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Parse(test.text); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}
