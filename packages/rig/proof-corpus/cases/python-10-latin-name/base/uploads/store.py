from uploads.header import name_of


def store(files, header, content):
    name = name_of(header)
    files[name] = content
    return name
