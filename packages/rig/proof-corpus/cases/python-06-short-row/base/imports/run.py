import asyncio

from imports.rows import read_rows


async def run(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = await read_rows(lines)
    return {"rows": len(rows), "first": rows[0]}


def main(path):
    return asyncio.run(run(path))
