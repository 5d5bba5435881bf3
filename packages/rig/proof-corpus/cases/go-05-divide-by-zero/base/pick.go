package pool

func pick(turn, count int) int {
	return turn % count
}
