import pytest

from settings.load import ConfigError
from settings.start import start


def test_defaults_are_kept(config):
    assert start(config(b'{"port": 9000}')) == {"port": 9000, "debug": False}


def test_a_broken_file_is_named(config):
    with pytest.raises(ConfigError, match="config.json"):
        start(config(b"port = 9000"))
