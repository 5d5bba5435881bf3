import { expect, test } from "vitest";
import { readActionsPolicy, readPullsByActions, readSelectedActions } from "./actions-policy.ts";
import { githubThat, reply } from "./testing/in-process.ts";

const SHOP = { owner: "acme", repo: "shop" };
const githubOf = (body: unknown) => githubThat(() => reply(body)).github;

test.each([
  [
    { enabled: true, allowed_actions: "selected", sha_pinning_required: true },
    { enabled: true, allowed: "selected", pinned: true },
  ],
  [{ enabled: false }, { enabled: false, allowed: "all", pinned: false }],
])("the policy of Actions %j is read, also of a server that has fewer settings", async (found, policy) => {
  expect(await readActionsPolicy(githubOf(found), SHOP)).toEqual(policy);
});

test("selected actions that are left out are not allowed", async () => {
  expect(await readSelectedActions(githubOf({ patterns_allowed: ["acme/*"] }), SHOP)).toEqual({
    githubOwned: false,
    verified: false,
    patterns: ["acme/*"],
  });
});

test("whether workflows may open pull requests is what GitHub says of approving them", async () => {
  expect(await readPullsByActions(githubOf({ can_approve_pull_request_reviews: true }), SHOP)).toBe(true);
});
