package limits

import "testing"

func TestLoad(t *testing.T) {
	limits, err := Load(map[string]string{"memory": "2K"})
	if err != nil || limits["memory"] != 2048 {
		t.Errorf("got %v, %v", limits, err)
	}
}

func TestLoadRefusesWords(t *testing.T) {
	if _, err := Load(map[string]string{"memory": "much"}); err == nil {
		t.Error("no error")
	}
}
