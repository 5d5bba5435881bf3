class Cache:
    def __init__(self):
        self.entries = {}

    def put(self, key, value, until):
        self.entries[key] = (value, until)

    def get(self, key):
        value, _until = self.entries.get(key, (None, None))
        return value

    def sweep(self, now):
        for key, (value, until) in self.entries.items():
            if until <= now:
                del self.entries[key]
