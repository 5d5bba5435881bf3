from datetime import datetime


def parse(text):
    return datetime.fromisoformat(text)


def latest(events):
    return max(events, key=lambda event: parse(event["at"]))
