import { expect, test } from "vitest";
import { findEventIssue, findNamedIssues } from "./event-issue.ts";

const environment = (event: Readonly<Record<string, unknown>>) => ({ event, repository: "acme/shop" });
const opened = environment({ issue: { number: 12 } });

test.each([
  ["is the workflow's own by default", opened, undefined, 12],
  ["counts whatever the case of the repository's name", opened, "Acme/Shop", 12],
  ["is none of another repository", opened, "acme/incidents", undefined],
  [
    "is none if it is a pull request",
    environment({ issue: { number: 12, pull_request: {} } }),
    undefined,
    undefined,
  ],
  ["is none without an issue in the event", environment({}), undefined, undefined],
])("the event's issue %s", (_, job, holder, number) => {
  expect(findEventIssue(job, holder)).toBe(number);
});

test.each([
  ["those of `issues`, whatever the event says", { issues: [7, 8] }, [7, 8]],
  ["the event's issue", { issues: "auto" }, [12]],
  [
    "none if another repository holds the incidents",
    { issues: "auto", repository: "acme/incidents" },
    undefined,
  ],
] as const)("a run is about %s", (_, inputs, numbers) => {
  expect(findNamedIssues(inputs, opened)).toEqual(numbers);
});
