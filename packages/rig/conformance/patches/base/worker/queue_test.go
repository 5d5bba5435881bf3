package worker

import "testing"

func TestDecode(t *testing.T) {
	job, err := Decode([]byte(`{"ID":"7"}`))
	if err != nil {
		t.Fatal(err)
	}
	if job.ID != "7" {
		t.Errorf("got %s", job.ID)
	}
}

func TestRun(t *testing.T) {
	if err := Run([]byte(`{"ID":"7","Payload":{"Items":["a"]}}`)); err != nil {
		t.Fatal(err)
	}
}
