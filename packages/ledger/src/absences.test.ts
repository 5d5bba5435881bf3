import { incidentRecord } from "@patchpilot/incident/testing";
import { nameAction } from "@patchpilot/owner";
import { expect, test } from "vitest";
import { explainAbsence, type Found } from "./absences.ts";
import { ISSUE, PERSON, recordComment, SIGNER } from "./testing/comments.ts";
import { githubIssue, withComments } from "./testing/issues.ts";
import { toIncident } from "./to-incident.ts";

const BELIEF = { signer: SIGNER, trusted: [] };
const OTHER_KEY = { signer: { ...SIGNER, keys: ["another-key-another-key-another-"] }, trusted: [] };
const record = recordComment("incident", incidentRecord());
const stranger = { ...record, author: PERSON, viewerDidAuthor: false };

const read = (belief: typeof BELIEF, ...comments: (typeof record)[]): Found =>
  toIncident(githubIssue(withComments(...comments)), belief);

test.each<[string, Found, string]>([
  ["nothing", undefined, "does not exist, or this token cannot read it"],
  ["a pull request", "pull-request", "is a pull request"],
  ["an issue without a record", read(BELIEF), `\`${nameAction("intake")}\` writes one`],
  [
    "an issue with another key's record",
    read(OTHER_KEY, record),
    "Pass the key of the workflow that wrote it",
  ],
  ["an issue with a stranger's record", read(BELIEF, stranger), "name it in `trusted-authors`"],
])("%s is no incident, and the sentence says what would make it one", (_, found, remedy) => {
  expect(explainAbsence(ISSUE, found)).toMatch(new RegExp(`^#${ISSUE} .*${remedy}`));
});

test("an issue with a record of ours is an incident", () => {
  expect(explainAbsence(ISSUE, read(BELIEF, record))).toBeUndefined();
});
