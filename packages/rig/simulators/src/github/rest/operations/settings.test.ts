import { describe, expect, test } from "vitest";
import { openGitHub } from "../../testing/open-github.ts";

const R = "/repos/acme/shop";
const PROTECTIONS = `{ repository(owner: "acme", name: "shop") {
  viewerCanAdminister branchProtectionRules(first: 9) { nodes { pattern } } } }`;

/** A repository of an organization with an admin, a writer and a reader, each with a classic token. */
function open(scopes: readonly string[] = ["repo"]) {
  const github = openGitHub({
    identities: [{ login: "acme", id: 55, type: "Organization" }],
    organizationOwners: ["acme/ada"],
  });
  const { world } = github;
  world.setRole("ada", "admin");
  world.setRole("wim", "write");
  world.setRole("rex", "read");
  const tokenOf = (login: string): string => {
    const actor = world.identity(login);
    if (actor === undefined) throw new Error(`There is no ${login}.`);
    return world.mintToken({ actor, permissions: {}, scopes, repositories: ["acme/shop"] });
  };
  const statusOf = async (login: string, path: string) =>
    (await github.rest(tokenOf(login), `GET ${path}`)).status;
  return { ...github, tokenOf, statusOf };
}

describe("people see of the settings", () => {
  test.each([
    ["the policy of Actions", `${R}/actions/permissions`, [200, 403, 403]],
    ["who may open pull requests", `${R}/actions/permissions/workflow`, [200, 403, 403]],
    ["the names of secrets", `${R}/actions/secrets`, [200, 200, 403]],
    ["the names of the organization's variables", `${R}/actions/organization-variables`, [200, 200, 403]],
    ["environments", `${R}/environments`, [200, 200, 200]],
    ["rulesets", `${R}/rulesets`, [200, 200, 200]],
    ["the organization's Apps", "/orgs/acme/installations", [200, 404, 404]],
  ])("%s by their role: admin, writer, reader", async (_, path, statuses) => {
    const { statusOf, simulator } = open();
    expect([await statusOf("ada", path), await statusOf("wim", path), await statusOf("rex", path)]).toEqual(
      statuses,
    );
    expect(simulator.violations).toEqual([]);
  });

  test("an empty list of branch protections, unless they are admins", async () => {
    const { world, graphql, tokenOf } = open();
    world.changeSettings({ branchProtections: [{ pattern: "main" }] });
    const shown = async (login: string) =>
      (await graphql(tokenOf(login), PROTECTIONS)).body.data.repository.branchProtectionRules.nodes;
    expect([await shown("ada"), await shown("wim")]).toEqual([[{ pattern: "main" }], []]);
  });

  test("who may bypass a ruleset, only if they may change it", async () => {
    const { world, rest, tokenOf } = open();
    world.setRulesets([{ target: "branch", include: ["~ALL"], rules: [], bypass: ["Integration"] }]);
    const { id } = world.repository("acme/shop").rulesets[0] ?? { id: 0 };
    const shown = async (login: string) =>
      (await rest(tokenOf(login), `GET ${R}/rulesets/${id}`)).body.bypass_actors;
    expect(await shown("ada")).toMatchObject([{ actor_type: "Integration" }]);
    expect(await shown("wim")).toBeUndefined();
  });
});

describe("a classic token", () => {
  test("names its scopes in every reply, and what its person may do here", async () => {
    const { rest, tokenOf } = open(["repo", "workflow"]);
    const reply = await rest(tokenOf("wim"), `GET ${R}`);
    expect(reply.headers.get("x-oauth-scopes")).toBe("repo, workflow");
    expect(reply.body.permissions).toMatchObject({ admin: false, push: true });
  });

  test("sees no private repository without the scope `repo`", async () => {
    const { statusOf } = open(["public_repo"]);
    expect(await statusOf("ada", R)).toBe(404);
  });
});

test("a fine-grained token is refused by name, whatever its person may do", async () => {
  const { world, rest } = open();
  const actor = world.identity("ada");
  if (actor === undefined) throw new Error("There is no ada.");
  const token = world.mintToken({ actor, permissions: { secrets: "read" }, repositories: ["acme/shop"] });
  const reply = await rest(token, `GET ${R}/actions/permissions`);
  expect([reply.status, reply.body.message]).toEqual([
    403,
    "Resource not accessible by personal access token",
  ]);
});

test("a page of variables has at most 30, whatever is asked for", async () => {
  const { world, rest, tokenOf } = open();
  for (let index = 0; index < 31; index += 1) world.setVariable(`V${index}`, "1");
  const { body } = await rest(tokenOf("ada"), `GET ${R}/actions/variables?per_page=100`);
  expect([body.total_count, body.variables.length]).toEqual([31, 30]);
});

test("selected actions are refused while all may run", async () => {
  const { statusOf } = open();
  expect(await statusOf("ada", `${R}/actions/permissions/selected-actions`)).toBe(409);
});
