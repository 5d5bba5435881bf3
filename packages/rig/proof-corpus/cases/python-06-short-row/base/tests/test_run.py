from pathlib import Path

from imports.run import main

DATA = Path(__file__).parent / "data"


def test_reads_a_table():
    assert main(DATA / "full.tsv") == {"rows": 2, "first": {"name": "Ada", "city": "London"}}
