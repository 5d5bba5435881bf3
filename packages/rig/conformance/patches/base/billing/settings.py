import sentry_sdk


def scrub(event, hint):
    event.get("user", {}).pop("email", None)
    return event


sentry_sdk.init(
    dsn="https://0a1b2c3d4e5f60718293a4b5c6d7e8f9@o1.ingest.sentry.io/43",
    traces_sample_rate=0.2,
    before_send=scrub,
)
