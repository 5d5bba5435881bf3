def split(cents, ways):
    """Parts of an amount, as equal as they can be."""
    return [cents // ways for _ in range(ways)]
