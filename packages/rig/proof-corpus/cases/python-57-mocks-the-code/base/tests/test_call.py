from dataclasses import dataclass, field

import pytest

from client.call import call


@dataclass
class Reply:
    status: int
    headers: dict = field(default_factory=dict)


@pytest.fixture
def slept():
    return []


class TestCall:
    def test_waits_as_long_as_the_server_says(self, slept):
        replies = iter([Reply(429, {"Retry-After": "7"}), Reply(200)])
        assert call(lambda: next(replies), slept.append).status == 200
        assert slept == [7]

    def test_gives_up(self, slept):
        assert call(lambda: Reply(429), slept.append).status == 429
        assert slept == [1, 1, 1]
