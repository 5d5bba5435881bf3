import { expect, test } from "vitest";
import { listBranchProtections } from "./branch-protections.ts";
import { githubThat, reply } from "./testing/in-process.ts";

const RULE = { pattern: "*", lockBranch: false, restrictsPushes: true, blocksCreations: true };

function read(viewerCanAdminister: boolean, ...actors: string[]) {
  const pushAllowances = { nodes: actors.map((__typename) => ({ actor: { __typename } })) };
  const nodes = [{ ...RULE, requiresCommitSignatures: false, pushAllowances }];
  const repository = { viewerCanAdminister, branchProtectionRules: { nodes } };
  const { github } = githubThat(() => reply({ data: { repository } }));
  return listBranchProtections(github, { owner: "acme", repo: "shop" });
}

test("branch protection rules are those that GitHub shows an admin", async () => {
  expect(await read(true)).toEqual([{ ...RULE, requiresCommitSignatures: false, admitsApps: false }]);
});

test("branch protection rules say whether an App may push", async () => {
  expect(await read(true, "Team", "App")).toMatchObject([{ admitsApps: true }]);
  expect(await read(true, "Team", "User")).toMatchObject([{ admitsApps: false }]);
});

test("branch protection rules are not known to anyone else, whatever GitHub lists", async () => {
  expect(await read(false)).toBeUndefined();
});
