import { expect, test } from "vitest";
import { packageHead } from "./package-head.ts";
import { EXAMPLE_WORKSPACES } from "./testing/example-workspaces.ts";

const headOf = (name: string): string => {
  const workspace = EXAMPLE_WORKSPACES.find((each) => each.name === name);
  return workspace === undefined ? "" : packageHead(workspace, EXAMPLE_WORKSPACES);
};

test("a package's head says what it is for, what it may import and who uses it", () => {
  expect(headOf("incident").split("\n")).toEqual([
    "What incident is for.",
    "",
    "- **May import:** verdict, evidence, project, test-report, status, optional, owner, time",
    "- **Used by:** [build](../build), [impact](../../actions/impact), [verify](../../actions/verify)",
  ]);
});

test("a package of the rig may import anything, and says which part of the rig uses it", () => {
  expect(headOf("simulators")).toContain("**May import:** anything");
  expect(headOf("simulators")).toMatch(/- \*\*Used by:\*\* \[conformance\]\(\.\.\/conformance\)$/);
});

test("a package that imports nothing and that nobody uses says so", () => {
  expect(headOf("time")).toContain("**May import:** no other package");
  expect(headOf("conformance")).toContain("**Used by:** no other package");
});
