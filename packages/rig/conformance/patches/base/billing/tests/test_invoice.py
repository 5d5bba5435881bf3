import pytest

from billing.invoice import invoice_total, line_total, parse_quantity


def test_line_total():
    assert line_total({"price": 10, "count": 2, "discount": 50}) == 10


def test_invoice_total():
    lines = [{"price": 10, "count": 1, "discount": 0}]
    assert invoice_total({"lines": lines}) == 10


def test_parse_quantity():
    assert parse_quantity(" 3 ") == 3
    with pytest.raises(ValueError):
        parse_quantity("three")
