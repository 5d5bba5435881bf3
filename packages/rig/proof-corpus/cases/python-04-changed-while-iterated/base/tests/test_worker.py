import unittest

from cache.store import Cache
from cache.worker import tick


class TickTest(unittest.TestCase):
    def test_keeps_what_is_fresh(self):
        cache = Cache()
        cache.put("a", 1, until=10)
        self.assertEqual(tick(cache, now=5), 1)
        self.assertEqual(cache.get("a"), 1)


if __name__ == "__main__":
    unittest.main()
