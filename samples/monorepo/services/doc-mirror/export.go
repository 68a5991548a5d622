// Package mirror keeps a copy of each published document.
package mirror

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const platform = "https://api.app.wdesk.com/platform/v1"

// Operation is what the export reports about itself.
type Operation struct {
	Status      string `json:"status"`
	ResourceURL string `json:"resourceUrl"`
}

// Export starts an export and follows the link that it answers until the export has ended.
func Export(ctx context.Context, client *http.Client, documentID string) (*Operation, error) {
	start, err := http.NewRequestWithContext(
		ctx, http.MethodPost, platform+"/documents/"+documentID+"/export", strings.NewReader("{}"))
	if err != nil {
		return nil, err
	}
	start.Header.Set("Authorization", "Bearer "+os.Getenv("WORKIVA_TOKEN"))
	start.Header.Set("X-Version", "2022-01-01")
	accepted, err := client.Do(start)
	if err != nil {
		return nil, err
	}
	accepted.Body.Close()
	link := accepted.Header.Get("Location")

	for {
		poll, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
		if err != nil {
			return nil, err
		}
		poll.Header.Set("Authorization", "Bearer "+os.Getenv("WORKIVA_TOKEN"))
		answer, err := client.Do(poll)
		if err != nil {
			return nil, err
		}
		var operation Operation
		err = json.NewDecoder(answer.Body).Decode(&operation)
		answer.Body.Close()
		if err != nil {
			return nil, err
		}
		switch operation.Status {
		case "completed", "failed", "cancelled":
			return &operation, nil
		}
		seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
		if err != nil {
			seconds = 1
		}
		time.Sleep(time.Duration(seconds) * time.Second)
	}
}
