from agents.version import version_of


def classify(agent):
    if "Safari" not in agent:
        return "other"
    return "modern" if version_of(agent) >= 15 else "old"
