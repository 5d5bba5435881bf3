PREFIX = b'filename="'


def name_of(header):
    start = header.index(PREFIX) + len(PREFIX)
    end = header.index(b'"', start)
    return header[start:end].decode("utf-8")
