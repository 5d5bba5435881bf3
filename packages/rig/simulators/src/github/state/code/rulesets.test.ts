import { describe, expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";
import type { RulesetRequest } from "./ruleset.ts";
import { matchesName } from "./rulesets.ts";

const R = "/repos/acme/shop";
const CREATION = { type: "creation" };
const FIXES: RulesetRequest = {
  target: "branch",
  include: ["refs/heads/patchpilot/**/*"],
  rules: [CREATION, { type: "required_signatures" }],
};

function openRules(...rulesets: RulesetRequest[]) {
  const github = openGitHub();
  github.world.setRulesets(rulesets);
  const rulesOf = async (branch: string): Promise<string[]> => {
    const reply = await github.rest(github.token({}), `GET ${R}/rules/branches/${branch}`);
    return reply.body.map((rule: { type: string }) => rule.type);
  };
  const create = (ref: string) => {
    const sha = github.world.repository("acme/shop").git.refs.get("refs/heads/main");
    return github.rest(github.token(), `POST ${R}/git/refs`, { ref, sha });
  };
  return { ...github, rulesOf, create };
}

describe("the rules for a branch", () => {
  test("are those of the rulesets that hold its name, whether it exists or not", async () => {
    const { rulesOf } = openRules(FIXES);
    expect(await rulesOf("patchpilot/1-a1")).toEqual(["creation", "required_signatures"]);
    expect(await rulesOf("fix")).toEqual([]);
  });

  test("name their ruleset and its owner, with their parameters, as the official description says", async () => {
    const pull = {
      type: "pull_request",
      parameters: {
        dismiss_stale_reviews_on_push: false,
        require_code_owner_review: false,
        require_last_push_approval: false,
        required_approving_review_count: 1,
        required_review_thread_resolution: false,
      },
    };
    const update = { type: "update", parameters: { update_allows_fetch_and_merge: false } };
    const own: RulesetRequest = { target: "branch", include: ["~DEFAULT_BRANCH"], rules: [pull, update] };
    const { rest, token, simulator } = openRules(own, { ...FIXES, include: ["~ALL"], organization: "acme" });
    const reply = await rest(token({}), `GET ${R}/rules/branches/main`);
    const ofRepository = { ruleset_source_type: "Repository", ruleset_source: "acme/shop" };
    expect(reply.body).toMatchObject([
      { ...pull, ...ofRepository },
      { ...update, ...ofRepository },
      { type: "creation", ruleset_source_type: "Organization", ruleset_source: "acme" },
      { type: "required_signatures" },
    ]);
    expect(simulator.violations).toEqual([]);
  });

  test.each<[string, Partial<RulesetRequest>]>([
    ["that excludes it", { exclude: ["refs/heads/patchpilot/1-*"] }],
    ["that only evaluates", { enforcement: "evaluate" }],
    ["that is disabled", { enforcement: "disabled" }],
    ["for tags", { target: "tag", include: ["~ALL"] }],
  ])("are none of a ruleset %s", async (_, change) => {
    const { rulesOf } = openRules({ ...FIXES, ...change });
    expect(await rulesOf("patchpilot/1-a1")).toEqual([]);
  });
});

describe("a rule against creations", () => {
  const ALL: RulesetRequest = { target: "branch", include: ["~ALL"], rules: [CREATION] };

  test("refuses a new branch in GitHub's words", async () => {
    const { create, simulator } = openRules(ALL);
    const reply = await create("refs/heads/fix");
    expect([reply.status, reply.body.message]).toEqual([
      422,
      "Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n",
    ]);
    expect(simulator.violations).toEqual([]);
  });

  test("refuses a new branch among several refs over GraphQL", async () => {
    const { graphql, token, world } = openRules(ALL);
    const repository = world.repository("acme/shop");
    const { body } = await graphql(token(), `{ repository(owner: "acme", name: "shop") { id } }`);
    const reply = await graphql(
      token(),
      "mutation ($r: ID!, $u: [RefUpdate!]!) { updateRefs(input: { repositoryId: $r, refUpdates: $u }) { clientMutationId } }",
      {
        r: body.data.repository.id,
        u: [{ name: "refs/heads/fix", afterOid: repository.git.refs.get("refs/heads/main") }],
      },
    );
    expect(reply.body.errors[0]).toMatchObject({ type: "UNPROCESSABLE" });
    expect(repository.git.refs.get("refs/heads/fix")).toBeUndefined();
  });

  test.each(["refs/patchpilot/claims/1", "refs/tags/v1"])("lets %s be, which is no branch", async (ref) => {
    const { create } = openRules({ ...ALL, include: ["~ALL", "refs/**/*"] });
    expect((await create(ref)).status).toBe(201);
  });
});

describe("a pattern", () => {
  test.each([
    ["refs/heads/qa/*", "refs/heads/qa/a", true],
    ["refs/heads/qa/*", "refs/heads/qa/a/b", false],
    ["refs/heads/qa/**", "refs/heads/qa/a/b", false],
    ["refs/heads/qa/**/*", "refs/heads/qa/a/b/c", true],
    ["refs/heads/qa/**/*", "refs/heads/qa/a", true],
    ["refs/heads/qa**/**/*", "refs/heads/qa-1/a/b", true],
    ["refs/heads/v?.[0-9]", "refs/heads/v1.2", true],
    ["refs/heads/v?.[!0-9]", "refs/heads/v1.2", false],
    ["refs/heads/v1.0", "refs/heads/v1x0", false],
    ["refs/heads/a+b", "refs/heads/aab", false],
  ])("%s against %s gives %s", (pattern, name, fits) => {
    expect(matchesName(pattern, name)).toBe(fits);
  });
});
