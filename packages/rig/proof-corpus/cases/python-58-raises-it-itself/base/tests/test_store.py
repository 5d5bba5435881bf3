from uploads.store import store


def test_keeps_the_file_under_its_name():
    files = {}
    assert store(files, b'form-data; filename="caf\xc3\xa9"', b"x") == "café"
    assert files == {"café": b"x"}
