import { expect, test } from "vitest";
import { namesNoIssues, readOnlyReason } from "./notices.ts";

test.each([
  ["auto", false],
  [[12], false],
  [[], true],
] as const)("`issues` %j names none: %s", (issues, none) => {
  expect(namesNoIssues({ issues })).toBe(none);
});

test.each([
  ["true", false, "`stop` is set: this run is read-only."],
  ["true", true, "`stop` is set: this run is read-only."],
  ["false", true, "`dry-run`: nothing is written."],
  ["false", false, undefined],
])("`stop` %s and `dry-run` %s", (stop, dryRun, reason) => {
  expect(readOnlyReason({ stop, "dry-run": dryRun })).toBe(reason);
});
