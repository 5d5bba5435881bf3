package worker

import (
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/getsentry/sentry-go"
)

type Job struct {
	ID      string
	Payload *Payload
}

type Payload struct{ Items []string }

func Decode(raw []byte) (*Job, error) {
	var job Job
	err := json.Unmarshal(raw, &job)
	if err != nil {
		return nil, fmt.Errorf("decode job: %w", err)
	}
	return &job, nil
}

func Run(raw []byte) error {
	job, err := Decode(raw)
	if err != nil {
		slog.Error("cannot run", "error", err)
		sentry.CaptureException(err)
		return err
	}
	fmt.Println(job.Payload.Items[0])
	return nil
}
