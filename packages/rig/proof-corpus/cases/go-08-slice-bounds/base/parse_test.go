package heredoc

import "testing"

func TestParse(t *testing.T) {
	got, err := Parse("<<END\nhello\nEND\n")
	if err != nil || got != "hello\n" {
		t.Errorf("got %q, %v", got, err)
	}
}
