package mirror

import "net/http"

// The warehouse is ours; that its paths read like another product's is chance.
const warehouse = "https://warehouse.larkfield.example/platform/v1"

// Labels prints the labels of a warehouse operation.
func Labels(client *http.Client, operationID string) (*http.Response, error) {
	return client.Get(warehouse + "/operations/" + operationID)
}
