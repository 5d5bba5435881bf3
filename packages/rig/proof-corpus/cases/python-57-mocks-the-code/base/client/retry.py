def delay_of(reply):
    """Seconds to wait, as the server asks for them."""
    return int(reply.headers.get("Retry-After", "1"))
