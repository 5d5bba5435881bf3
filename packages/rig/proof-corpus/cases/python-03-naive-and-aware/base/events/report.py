from events.order import latest


def summary(events):
    if not events:
        return "nothing happened"
    last = latest(events)
    return f"{len(events)} events, last: {last['name']}"
