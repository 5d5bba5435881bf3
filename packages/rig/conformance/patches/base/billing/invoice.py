import logging

import sentry_sdk

logger = logging.getLogger(__name__)


def line_total(line):
    return line["price"] * line["count"] * (1 - line["discount"] / 100)


def invoice_total(invoice):
    try:
        return sum(line_total(line) for line in invoice["lines"]) / len(invoice["lines"])
    except KeyError as error:
        logger.error("broken invoice %s", invoice.get("id"))
        sentry_sdk.capture_exception(error)
        raise


def parse_quantity(text):
    return int(text.strip())


def due_days(invoice, today):
    return (invoice["due"] - today).days
