package billing

import (
	"testing"
	"time"
)

func day(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestNextDue(t *testing.T) {
	if got := NextDue(day("2024-04-15")); !got.Equal(day("2024-05-15")) {
		t.Errorf("got %v", got)
	}
	if err := Audit(day("2024-01-10"), 12); err != nil {
		t.Error(err)
	}
}
