import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readRecordings } from "./read-folder.ts";

let folder: string;
const put = (name: string, text: string) => writeFileSync(join(folder, name), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recordings-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SERIES = "timestamp,value\n1767225600,1\n1767225900,2\n";

describe("a folder of recordings", () => {
  test("holds series by name, with the changes that labels.json knows", () => {
    put("b.csv", SERIES);
    put("a.csv", SERIES);
    put("labels.json", '{"a.csv": [1]}');
    expect(readRecordings(folder).map(({ name, changes }) => [name, changes])).toEqual([
      ["a.csv", [1]],
      ["b.csv", null],
    ]);
  });

  test("that is not there is named", () => {
    expect(() => readRecordings(join(folder, "none"))).toThrow(/none is no folder; --data takes one/);
  });

  test("without a CSV file is named", () => {
    expect(() => readRecordings(folder)).toThrow(/holds no file whose name ends in \.csv/);
  });

  test.each([
    ["{", "labels.json is not JSON"],
    ['{"a.csv": 3}', "labels.json must give each file the rows at which it changed"],
    ['{"b.csv": [1]}', "labels.json names b.csv, which is not in"],
    ['{"a.csv": [2]}', "labels.json says that a.csv changed at row 2, but it has 2 rows"],
  ])("with the labels %j is refused", (labels, sentence) => {
    put("a.csv", SERIES);
    put("labels.json", labels);
    expect(() => readRecordings(folder)).toThrow(sentence);
  });
});
