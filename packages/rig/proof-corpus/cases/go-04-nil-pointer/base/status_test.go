package gateway

import "testing"

func TestSummary(t *testing.T) {
	got := Summary([]Service{{"api", &Gateway{"h", "eu"}}, {"web", &Gateway{"h", "us"}}})
	if got != "api in eu\nweb in us" {
		t.Errorf("got %q", got)
	}
}
