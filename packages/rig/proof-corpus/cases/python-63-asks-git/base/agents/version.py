import re

PATTERN = re.compile(r"Version/(\d+)\.")


def version_of(agent):
    return int(PATTERN.search(agent).group(1))
