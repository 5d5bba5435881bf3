async def read_rows(lines):
    header = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        row = {}
        for i, name in enumerate(header):
            row[name] = cells[i]
        rows.append(row)
    return rows
