from events.report import summary


def test_names_the_last_event():
    events = [
        {"name": "deploy", "at": "2024-03-01T10:00:00+00:00"},
        {"name": "rollback", "at": "2024-03-01T11:00:00+01:00"},
        {"name": "alert", "at": "2024-03-01T10:30:00+00:00"},
    ]
    assert summary(events) == "3 events, last: alert"


def test_says_that_nothing_happened():
    assert summary([]) == "nothing happened"
