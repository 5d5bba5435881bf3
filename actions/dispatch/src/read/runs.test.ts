import { describe, expect, it } from "vitest";
import { runOf } from "../testing/runs.ts";
import { bearsKey } from "./runs.ts";

describe("the name of a run", () => {
  it.each([
    ["patchpilot pp-4242-12-a1", true],
    ["pp-4242-12-a1", true],
    ["Repair of pp-4242-12-a1 (again)", true],
    ["patchpilot pp-4242-12-a12", false],
    ["patchpilot xpp-4242-12-a1", false],
    ["patchpilot", false],
  ])("in %j bears the key: %s", (title, bears) => {
    expect(bearsKey(runOf({ title }), "pp-4242-12-a1")).toBe(bears);
  });
});
