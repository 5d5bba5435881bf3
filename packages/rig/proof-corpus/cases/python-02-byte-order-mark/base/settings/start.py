from settings.load import load

DEFAULTS = {"port": 8080, "debug": False}


def start(path):
    return {**DEFAULTS, **load(path)}
