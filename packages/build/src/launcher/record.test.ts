import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LAUNCHER, makeRecord, RECORD, TARGETS } from "./record.ts";

test("the launchers were built from the source and the compiler that are checked in", () => {
  expect(makeRecord(LAUNCHER), "run `npm run build:launcher`").toBe(readFileSync(RECORD, "utf8"));
});

test("the launcher is short enough to be read at once", () => {
  const lines = readFileSync(join(LAUNCHER, "launcher.c"), "utf8").trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(200);
});

test.each(Object.keys(TARGETS))("`%s` can be started, and needs no library", (name) => {
  const path = join(LAUNCHER, name);
  expect(statSync(path).mode & 0o111).toBe(0o111);
  expect(dynamicSections(readFileSync(path))).toEqual([]);
});

/** Segments by which a program asks for a loader or for libraries. Source: elf(5), ELF64. */
function dynamicSections(program: Buffer): number[] {
  const [start, size, count] = [
    Number(program.readBigUInt64LE(32)),
    program.readUInt16LE(54),
    program.readUInt16LE(56),
  ];
  const types = Array.from({ length: count }, (_, at) => program.readUInt32LE(start + at * size));
  return types.filter((type) => type === 2 || type === 3);
}
