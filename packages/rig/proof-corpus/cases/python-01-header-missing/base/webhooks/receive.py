from webhooks.sender import sender_of


def receive(headers, body):
    return {"from": sender_of(headers), "size": len(body)}
