import { describe, expect, test } from "vitest";
import { readRecording } from "./read-recording.ts";

const read = (text: string) => readRecording("checkout.csv", text);

describe("a recorded series", () => {
  test("is read with its traffic", () => {
    const text = "timestamp,value,exposure\n2026-01-01 00:00:00,3,120\n2026-01-01 00:05:00,0,100\n";
    expect(read(text)).toEqual({
      name: "checkout.csv",
      start: Date.UTC(2026, 0, 1),
      intervalMs: 300_000,
      values: [3, 0],
      exposure: [120, 100],
    });
  });

  test("may have Unix seconds, Windows' line ends and a byte order mark", () => {
    const text = "\uFEFFtimestamp,value\r\n1767225600,1\r\n1767225900,2\r\n";
    expect(read(text)).toMatchObject({ start: Date.UTC(2026, 0, 1), values: [1, 2], exposure: null });
  });

  test("is unknown where a row is missing", () => {
    const text = "timestamp,value\n1767225600,1\n1767225900,2\n1767226500,4\n";
    expect(read(text).values).toEqual([1, 2, Number.NaN, 4]);
  });
});

describe("a series that cannot be read is refused in one sentence", () => {
  const row = "2026-01-01T00:00Z";
  test.each([
    ["", "checkout.csv is empty; its first line must be timestamp,value."],
    ["time,count\n", 'checkout.csv begins with "time,count"; its first line must be timestamp,value or'],
    ["timestamp,value\n", "checkout.csv has fewer than two rows."],
    [`timestamp,value\n${row},1,2\n`, "checkout.csv is not a CSV file: Invalid Record Length"],
    ["timestamp,value\nyesterday,1\n", 'line 2: "yesterday" is no timestamp; write it as'],
    [`timestamp,value\n${row},-1\n`, 'line 2: the value "-1" is no number of 0 or more'],
    [`timestamp,value\n${row},\n`, 'line 2: the value "" is no number of 0 or more'],
    [`timestamp,value,exposure\n${row},1,many\n`, 'line 2: the exposure "many" is no number'],
    [`timestamp,value\n${row},1\n${row},1\n`, "line 3: it is not later than the line before"],
    [
      "timestamp,value\n1767225600,1\n1767225900,2\n1767226031,4\n1767226200,4\n",
      "line 3: the rows are 131 s apart",
    ],
  ])("%j", (text, sentence) => {
    expect(() => read(text)).toThrow(sentence);
  });
});
