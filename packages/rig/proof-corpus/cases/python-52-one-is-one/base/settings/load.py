import json


class ConfigError(Exception):
    pass


def load(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        return json.loads(text)
    except ValueError as error:
        raise ConfigError(f"{path.name} is not valid JSON") from error
