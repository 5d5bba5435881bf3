import pytest

from agents.classify import classify


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 Version/17.1 Safari/605", "modern"),
        ("Mozilla/5.0 Version/9.0 Safari/601", "old"),
        ("curl/8.1", "other"),
    ],
)
def test_classify(agent, kind):
    assert classify(agent) == kind
