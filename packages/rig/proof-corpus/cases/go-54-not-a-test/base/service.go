package gateway

// Gateway is where a service is reached; a service need not have one.
type Gateway struct {
	Host   string
	Region string
}

type Service struct {
	Name    string
	Gateway *Gateway
}
