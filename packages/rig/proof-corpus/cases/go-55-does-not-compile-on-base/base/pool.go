package pool

import (
	"errors"
	"sync"
)

var ErrNoHost = errors.New("no host")

// Pool gives out hosts in turn.
type Pool struct {
	mutex sync.Mutex
	turn  int
	hosts []string
}

func New(hosts ...string) *Pool {
	return &Pool{hosts: hosts}
}

func (p *Pool) Next() (string, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	host := p.hosts[pick(p.turn, len(p.hosts))]
	p.turn++
	return host, nil
}
