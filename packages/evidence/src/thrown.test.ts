import { describe, expect, it } from "vitest";
import { type Frame, isOwnFrame, primaryThrown, type Thrown } from "./thrown.ts";

const frameOf = (path: string, inApp: boolean | null = null): Frame => ({
  path,
  absolutePath: null,
  module: null,
  function: null,
  line: 1,
  column: null,
  inApp,
  source: null,
});
const thrownOf = (type: string, frames: readonly Frame[]): Thrown => ({
  type,
  value: null,
  module: null,
  handled: null,
  frames,
});

describe("the exception that decides", () => {
  const cause = thrownOf("CauseError", [frameOf("src/db.ts", true)]);

  it("is the outermost one", () => {
    expect(primaryThrown([cause, thrownOf("TypeError", [frameOf("src/a.ts", true)])])?.type).toBe(
      "TypeError",
    );
  });

  it("is the outermost that has frames, where the others have none", () => {
    expect(primaryThrown([cause, thrownOf("TypeError", [])])?.type).toBe("CauseError");
  });

  it("is none where nothing was thrown", () => {
    expect(primaryThrown([])).toBeNull();
  });
});

describe("an own frame", () => {
  it("is judged by its path if the reporter says nothing", () => {
    expect(isOwnFrame(frameOf("a.js"))).toBe(true);
    expect(isOwnFrame(frameOf("/app/node_modules/x/a.js"))).toBe(false);
    expect(isOwnFrame(frameOf("node:internal/process"))).toBe(false);
    expect(isOwnFrame(frameOf("<anonymous>"))).toBe(false);
  });

  it("is none with a mark of others' code, whatever the reporter says", () => {
    expect(isOwnFrame(frameOf("/app/node_modules/x/a.js", true))).toBe(false);
  });
});
