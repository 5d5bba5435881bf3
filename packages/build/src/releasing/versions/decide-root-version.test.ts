import { expect, test } from "vitest";
import { decideRootVersion } from "./decide-root-version.ts";

test.each([
  [
    "the greatest raise of any action",
    "1.4.2",
    { intake: "1.1.0", claim: "1.0.1", repair: "1.0.0" },
    "1.5.0",
  ],
  ["a patch", "1.4.2", { intake: "1.0.1", claim: "1.0.0", repair: "1.0.0" }, "1.4.3"],
  ["a major raise", "1.4.2", { intake: "2.0.0", claim: "1.1.0", repair: "1.0.0" }, "2.0.0"],
  ["a new action, which begins with a major version", "1.4.2", { intake: "1.0.0", learn: "1.0.0" }, "2.0.0"],
  ["a first version to try", "1.4.2", { intake: "1.1.0-rc.0", claim: "1.0.0" }, "1.5.0-rc.0"],
])("the root follows %s", (_, root, after, expected) => {
  expect(decideRootVersion(root, { intake: "1.0.0", claim: "1.0.0", repair: "1.0.0" }, after)).toBe(expected);
});

test("the root follows the next version to try, and the final one", () => {
  const [zero, one, final] = ["1.1.0-rc.0", "1.1.0-rc.1", "1.1.0"].map((intake) => ({ intake }));
  if (!zero || !one || !final) throw new Error("three versions");
  expect(decideRootVersion("1.5.0-rc.0", zero, one)).toBe("1.5.0-rc.1");
  expect(decideRootVersion("1.5.0-rc.1", one, final)).toBe("1.5.0");
});

test("without another version of an action the root has none either", () => {
  expect(decideRootVersion("1.4.2", { intake: "1.0.0" }, { intake: "1.0.0" })).toBeUndefined();
});
