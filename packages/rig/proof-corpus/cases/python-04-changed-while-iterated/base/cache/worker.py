def tick(cache, now):
    cache.sweep(now)
    return len(cache.entries)
