class LedgerMismatch(Exception):
    pass


def check(invoice, parts):
    if sum(parts) != invoice["cents"]:
        made = sum(parts) / 100
        raise LedgerMismatch(f"invoice {invoice['id']}: parts make {made:.2f}, total is {invoice['cents'] / 100:.2f}")
