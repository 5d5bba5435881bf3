import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadTables } from "./load-tables.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tables-"));
  mkdirSync(join(folder, "src"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (text: string) => writeFileSync(join(folder, "src", "readme-tables.ts"), text);

test("an action without the file has no tables", async () => {
  expect(await loadTables(folder)).toEqual({});
});

test("the tables are those that the file exports", async () => {
  write('export const tables = { rules: [["result", "if"]] };');
  expect(await loadTables(folder)).toEqual({ rules: [["result", "if"]] });
});

test("a file that exports none is refused by its path", async () => {
  write("export const rules = [];");
  await expect(loadTables(folder)).rejects.toThrow(/readme-tables\.ts exports no `tables`/);
});
