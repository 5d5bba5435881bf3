from client.retry import delay_of


def call(send, sleep, tries=3):
    for _ in range(tries):
        reply = send()
        if reply.status != 429:
            return reply
        sleep(delay_of(reply))
    return reply
