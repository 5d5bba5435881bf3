import { getOctokit } from "@actions/github";
import { GITHUB_ACTIONS_BOT } from "@patchpilot/simulators/github";
import { expect, test } from "vitest";
import { dispatch, openWire } from "../../worlds/run-actions.ts";
import { addIncident, createTestWorld, SHOP } from "../../worlds/world.ts";

// Users read our issues with GitHub's own toolkit client, so it is asked as an independent witness.
test("GitHub's toolkit client sees the record and the phase label that dispatch wrote", async () => {
  const world = createTestWorld();
  const issue = addIncident(world);
  await dispatch(world, { runId: 1, inputs: { issues: String(issue) } });
  const token = world.world.mintToken({
    actor: GITHUB_ACTIONS_BOT,
    permissions: { issues: "read" },
    repositories: [SHOP],
  });
  const octokit = getOctokit(token, { request: { fetch: openWire(world) } });
  const [owner = "", repo = ""] = SHOP.split("/");
  const place = { owner, repo, issue_number: issue };
  const comments = await octokit.paginate(octokit.rest.issues.listComments, place);
  const labels = await octokit.rest.issues.listLabelsOnIssue(place);
  expect(comments.at(-1)?.body).toMatch(
    /^<details><summary>Repair attempt 1 is in progress<\/summary>\n\nThe worker is on it\.[\s\S]+kind=attempt\/1/,
  );
  expect(labels.data.map(({ name }) => name).sort()).toEqual(["patchpilot", "patchpilot:working"]);
});
