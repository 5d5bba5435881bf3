from webhooks.receive import receive


def test_the_first_address_is_the_client():
    headers = {"X-Forwarded-For": "203.0.113.7, 10.0.0.1"}
    assert receive(headers, b"abc") == {"from": "203.0.113.7", "size": 3}
