package pool

import "testing"

func TestNextTakesTurns(t *testing.T) {
	t.Parallel()
	p := New("a", "b")
	for _, want := range []string{"a", "b", "a"} {
		if got, err := p.Next(); got != want || err != nil {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
}
