package billing

import "time"

// NextDue is a month after the given day.
func NextDue(day time.Time) time.Time {
	return day.AddDate(0, 1, 0)
}
