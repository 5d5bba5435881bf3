package profiles

import "testing"

func TestMenu(t *testing.T) {
	menu, err := Menu([]byte(`[{"name":"dev"},{"name":"prod"}]`))
	if err != nil || menu != "dev\nprod" {
		t.Fatalf("%q, %v", menu, err)
	}
}
