package billing

import (
	"errors"
	"time"
)

// Audit follows the due days and reports a month without one.
func Audit(start time.Time, months int) error {
	day := start
	for i := 0; i < months; i++ {
		next := NextDue(day)
		if next.Month() != day.Month()%12+1 {
			return errors.New("invoice of " + day.AddDate(0, 0, 1).Format("2006-01") + " is missing")
		}
		day = next
	}
	return nil
}
