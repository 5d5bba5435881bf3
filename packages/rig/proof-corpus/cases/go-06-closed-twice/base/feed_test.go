package feed

import "testing"

func TestDrain(t *testing.T) {
	f := New()
	f.Send("a")
	StopAll(f)
	if all := f.Drain(); len(all) != 1 || all[0] != "a" {
		t.Errorf("got %v", all)
	}
}
