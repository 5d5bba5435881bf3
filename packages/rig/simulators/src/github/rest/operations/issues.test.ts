import { expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";

const ISSUES = "GET /repos/acme/shop/issues";
const numbersOf = (issues: readonly { number: number }[]): number[] => issues.map(({ number }) => number);

/** Four minutes: #1 bug, #2 bug and patchpilot, #3 closed, #4 a pull request. */
function openIssues() {
  const github = openGitHub();
  const owner = github.world.as("acme");
  const later = (act: () => void): void => {
    act();
    github.clock.advance(60_000);
  };
  later(() => owner.openIssue({ title: "One", labels: ["bug"] }));
  later(() => owner.openIssue({ title: "Two", labels: ["bug", "PatchPilot"] }));
  later(() => owner.closeIssue(owner.openIssue({ title: "Three" }).number, "not_planned"));
  owner.push({ branch: "fix", message: "Fix", files: { a: "1" } });
  later(() => owner.openPull({ title: "Four", head: "fix", base: "main" }));
  return { ...github, owner };
}

test.each([
  ["", [4, 2, 1]],
  ["?state=closed", [3]],
  ["?state=all&direction=asc", [1, 2, 3, 4]],
  ["?labels=bug,patchpilot", [2]],
  ["?since=2026-11-02T09:01:00Z&state=all", [4, 3, 2]],
  ["?creator=sentry[bot]", []],
])("issues%s are %j, pull requests among them", async (query, numbers) => {
  const { rest, token } = openIssues();
  expect(numbersOf((await rest(token(), `${ISSUES}${query}`)).body)).toEqual(numbers);
});

test("taking a label off is an update, which puts the issue first", async () => {
  const { rest, token, owner } = openIssues();
  owner.unlabel(1, "bug");
  const { body } = await rest(token(), `${ISSUES}?sort=updated`);
  expect(body[0]).toMatchObject({ number: 1, updated_at: "2026-11-02T09:04:00Z" });
});

test("a pull request is told by its key", async () => {
  const { rest, token } = openIssues();
  const { body } = await rest(token(), ISSUES);
  expect(body.filter((issue: object) => "pull_request" in issue)).toMatchObject([{ number: 4 }]);
});

test("closing says why and by whom, reopening takes it back", async () => {
  const { rest, token, owner } = openIssues();
  const closed = (await rest(token(), `${ISSUES}/3`)).body;
  expect(closed).toMatchObject({
    state: "closed",
    state_reason: "not_planned",
    closed_by: { login: "acme" },
  });
  owner.reopenIssue(3);
  const reopened = (await rest(token(), `${ISSUES}/3`)).body;
  expect(reopened).toMatchObject({
    state: "open",
    state_reason: "reopened",
    closed_by: null,
    closed_at: null,
  });
});

test("what changes nothing is no update and no event", async () => {
  const { rest, token, world } = openIssues();
  const events: string[] = [];
  world.onEvent(({ event }) => events.push(event));
  await rest(token(), "POST /repos/acme/shop/issues/1/labels", { labels: ["BUG"] });
  await rest(token(), "PATCH /repos/acme/shop/issues/1", { title: "One", state: "open" });
  expect(events).toEqual([]);
  expect((await rest(token(), `${ISSUES}/1`)).body.updated_at).toBe("2026-11-02T09:00:00Z");
});
