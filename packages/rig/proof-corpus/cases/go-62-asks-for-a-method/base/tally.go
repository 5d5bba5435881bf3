package tally

// Tally counts who voted for which shard.
type Tally struct {
	votes map[string]map[string]bool
}

func New(shards ...string) *Tally {
	votes := map[string]map[string]bool{}
	for _, shard := range shards {
		votes[shard] = map[string]bool{}
	}
	return &Tally{votes: votes}
}

func (t *Tally) Add(shard, voter string) {
	t.votes[shard][voter] = true
}

func (t *Tally) Of(shard string) int {
	return len(t.votes[shard])
}
