import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { MINUTE } from "@patchpilot/time";
import { SHOP, type TestWorld } from "../world.ts";

/** What people and time do between two requests. */
export function disturb(
  test: TestWorld,
  issues: readonly number[],
  random: () => number,
  seed: number,
): void {
  const luck = random();
  const issue = issues[Math.floor(random() * issues.length)] ?? 0;
  if (luck < 0.12) test.clock.advance(Math.floor(random() * 12 * MINUTE));
  else if (luck < 0.135) test.clock.advance(Math.floor(random() * 120 * MINUTE));
  else if (luck < 0.155) deleteComment(test, issue, random);
  else if (luck < 0.175) {
    const labels = [
      "patchpilot",
      "patchpilot:accepted",
      "patchpilot:working",
      "patchpilot:proposed",
      "patchpilot:requeued",
    ];
    test.world.as("maya").unlabel(issue, labels[Math.floor(random() * labels.length)] ?? "patchpilot");
  } else if (luck < 0.18) test.world.as("maya").label(issue, "patchpilot:retry");
  else if (luck < 0.19) decidePullRequest(test, random);
  // A reviewer's word goes before red checks, so one kind of race has one of them.
  else if (luck < 0.25) (seed % 2 === 0 ? finishCi : reviewPullRequest)(test, random);
}

/** Any comment but the incident's own record, whose loss makes the issue no incident any more. */
function deleteComment(test: TestWorld, issue: number, random: () => number): void {
  const { comments } = test.world.repository(SHOP);
  const found = comments
    .list()
    .filter((comment) => comment.issueNumber === issue && !/kind=incident /.test(comment.body));
  const comment = found[Math.floor(random() * found.length)];
  if (comment) test.world.as("maya").deleteComment(comment.id);
}

/** A maintainer asks for changes in an open pull request, and now and then commits to its branch. */
function reviewPullRequest(test: TestWorld, random: () => number): void {
  const { issues } = test.world.repository(SHOP);
  const open = issues.list().find(({ pull, state }) => pull && state === "open");
  if (open?.pull == null) return;
  const maya = test.world.as("maya");
  if (random() < 0.2) {
    // A file for each pull request: this race is not about conflicts, in which nothing could be merged.
    const file = `src/by-hand-${open.number}.ts`;
    const files = { [file]: `export const hand = ${Math.floor(random() * 1000)};\n` };
    maya.push({ branch: open.pull.headRef, message: "By hand", files });
  }
  maya.review(open.number, { state: "changes_requested", body: "Test the empty cart, too" });
}

/** CI runs once on each commit of an open pull request, and again if it is asked to; someone may push before. */
export function finishCi(test: TestWorld, random: () => number): void {
  const { issues, runs } = test.world.repository(SHOP);
  const runner = test.world.runner(SHOP);
  const open = issues.list().find(({ pull, state }) => pull && state === "open");
  if (open?.pull == null) return;
  if (random() < 0.1) {
    const files = {
      [`src/by-hand-${open.number}.ts`]: `export const hand = ${Math.floor(random() * 1000)};\n`,
    };
    test.world.as("maya").push({ branch: open.pull.headRef, message: "By hand", files });
  }
  const headOid = issues.get(open.number)?.pull?.headOid ?? "";
  const known = runs.list().find((run) => run.event === "pull_request" && run.headOid === headOid);
  if (known?.status === "completed") return;
  const ci = { workflowPath: ".github/workflows/ci.yml", event: "pull_request", actor: GITHUB_ACTIONS_BOT };
  const { id } = known ?? runner.startRun({ ...ci, headOid });
  const conclusion = random() < 0.9 ? "failure" : "success";
  runner.setJob({ runId: id, name: "unit", status: "completed", conclusion, log: "1 is not 2" });
  runner.updateRun(id, { status: "completed", conclusion });
}

export function decidePullRequest(test: TestWorld, random: () => number): void {
  const { issues } = test.world.repository(SHOP);
  const open = issues.list().find(({ pull, state }) => pull && state === "open");
  if (open === undefined) return;
  const maya = test.world.as("maya");
  maya.markReady(open.number);
  if (random() < 0.5) maya.closePull(open.number);
  else maya.mergePull(open.number);
}

export const hasOpenPullRequest = (test: TestWorld): boolean =>
  test.world
    .repository(SHOP)
    .issues.list()
    .some(({ pull, state }) => pull !== null && pull !== undefined && state === "open");
