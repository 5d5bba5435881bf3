package tally

import (
	"os"
	"testing"
)

func TestCount(t *testing.T) {
	text, err := os.ReadFile("testdata/votes.txt")
	if err != nil {
		t.Fatal(err)
	}
	tally := New("s1")
	Count(tally, string(text))
	if tally.Of("s1") != 2 {
		t.Errorf("s1 has %d", tally.Of("s1"))
	}
}
