import { describe, expect, it } from "vitest";
import { parseLogCommand } from "./log-commands.ts";

describe("parseLogCommand", () => {
  it("reads name, properties and data, and undoes their escapes", () => {
    expect(parseLogCommand("::warning file=a%2Cb.ts,line=3::50%25 of%0Ait")).toEqual({
      name: "warning",
      properties: { file: "a,b.ts", line: "3" },
      data: "50% of\nit",
    });
  });

  it("reads the old form anywhere in a line", () => {
    expect(parseLogCommand("text ##[error line=2;title=x]broken")).toEqual({
      name: "error",
      properties: { line: "2", title: "x" },
      data: "broken",
    });
  });

  it.each(["plain text", "a ::error::not at the start", "::unknown::x", "::error without an end"])(
    "takes %j for an ordinary line",
    (line) => {
      expect(parseLogCommand(line)).toBeUndefined();
    },
  );

  it("keeps colons of the data", () => {
    expect(parseLogCommand("::notice::a::b")?.data).toBe("a::b");
  });
});
