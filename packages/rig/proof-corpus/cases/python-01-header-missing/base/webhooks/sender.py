def sender_of(headers):
    """The address of the client, as the proxy tells it."""
    chain = headers["X-Forwarded-For"].split(",")
    return chain[0].strip()
