from ledger.split import split


def test_an_amount_that_divides():
    assert split(900, 3) == [300, 300, 300]
