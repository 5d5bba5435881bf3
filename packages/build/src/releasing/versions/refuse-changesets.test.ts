import { expect, test } from "vitest";
import { refuseChangesets } from "./refuse-changesets.ts";

const ACTIONS = ["@patchpilot/action-intake", "@patchpilot/action-claim"];
const changeset = (...names: readonly string[]) =>
  `---\n${names.map((name) => `${name}: minor\n`).join("")}---\n\nSomething new: better.\n`;

test("changesets of actions are taken", () => {
  const text = changeset('"@patchpilot/action-intake"', "'@patchpilot/action-claim'");
  expect(refuseChangesets({ "a.md": text }, ACTIONS)).toBeUndefined();
});

test.each(['"@patchpilot/http"', "patchpilot", "'@patchpilot/action-gone'"])(
  "a changeset that names %s is refused",
  (name) => {
    expect(refuseChangesets({ "a.md": changeset('"@patchpilot/action-claim"', name) }, ACTIONS)).toBe(
      `.changeset/a.md names ${name.replaceAll(/["']/g, "")}, which is not released itself. Name the actions that it changes.`,
    );
  },
);

test("without a changeset there is no version", () => {
  expect(refuseChangesets({}, ACTIONS)).toMatch(/^No changeset waits/);
});
