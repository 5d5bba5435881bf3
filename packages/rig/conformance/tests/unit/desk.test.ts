import { readReadmeWorkflow } from "@patchpilot/build/readme-workflow";
import type { Check } from "@patchpilot/checks";
import { assertNoViolations } from "@patchpilot/simulators/github";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDesk } from "../../worlds/desk.ts";

let desk: ReturnType<typeof openDesk>;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => assertNoViolations(desk.simulator));

const namesOf = (checks: readonly Check[], state: Check["state"]): string[] =>
  checks.filter((check) => check.state === state).map(({ name }) => name);
const faultsOf = (checks: readonly Check[]) =>
  checks.filter(({ state }) => state !== "ok").map(({ name, state }) => `${name}: ${state}`);

/** What takes admin rights. */
const SETTINGS = ["Allowed actions", "Opening pull requests"];
const NAMES = [
  "The secret `PATCHPILOT_STATE_KEY`",
  "The secret `SENTRY_TOKEN`",
  "The variable `SENTRY_ORG`",
  "The variable `SENTRY_PROJECTS`",
  "Model key",
  "Names that workflows read",
];

describe("a set-up that follows the README", () => {
  test("is right in the eyes of an admin, and each check has a request behind it", async () => {
    const checks = await desk.check({ login: "ada" });
    expect(faultsOf(checks)).toEqual([]);
    expect(checks.filter(({ asked }) => asked.length === 0)).toEqual([]);
  });

  test("is read and not changed", async () => {
    await desk.check({ login: "ada" });
    const writes = desk.simulator.requests.filter(
      ({ method, path }) => method !== "GET" && path !== "/graphql",
    );
    expect(writes).toEqual([]);
  });

  test("hides the settings from a writer", async () => {
    const checks = await desk.check({ login: "wim" });
    expect(faultsOf(checks).sort()).toEqual(
      [
        "Your rights: attention",
        ...[...SETTINGS, "Sentry's App", "Branch protection"].map((name) => `${name}: unseen`),
      ].sort(),
    );
  });

  test("hides names as well from a reader, for whom nothing is missing", async () => {
    const checks = await desk.check({ login: "rex" });
    expect(namesOf(checks, "missing")).toEqual([]);
    expect(namesOf(checks, "unseen").sort()).toEqual(
      [...SETTINGS, ...NAMES, "Sentry's App", "Branch protection"].sort(),
    );
  });
});

describe("a set-up where everything is wrong", () => {
  beforeEach(() => {
    desk.world.changeSettings({ pullsByActions: false, allowedActions: "local_only", secrets: [] });
  });

  test("has nothing missing in the eyes of a reader", async () => {
    expect(namesOf(await desk.check({ login: "rex" }), "missing")).toEqual([]);
  });

  test("has everything missing in the eyes of an admin", async () => {
    expect(namesOf(await desk.check({ login: "ada" }), "missing")).toEqual([
      ...SETTINGS,
      "The secret `PATCHPILOT_STATE_KEY`",
      "The secret `SENTRY_TOKEN`",
      "Model key",
    ]);
  });
});

describe("one thing that is wrong is one check", () => {
  test.each<[string, Parameters<typeof desk.world.changeSettings>[0], string]>([
    ["issues are off", { hasIssues: false }, "Issues: missing"],
    ["it is archived", { archived: true }, "Archive: missing"],
    ["it is a fork", { fork: true }, "Fork: attention"],
    ["workflows may not open pull requests", { pullsByActions: false }, "Opening pull requests: missing"],
    ["Actions are off", { actionsEnabled: false }, "Allowed actions: missing"],
    [
      "selected actions leave PatchPilot out",
      { allowedActions: "selected", githubOwnedAllowed: true },
      "Allowed actions: missing",
    ],
    ["full commits are required", { pinnedActions: true }, "Pinned actions: missing"],
    [
      "a protection rule locks the branches",
      { branchProtections: [{ pattern: "**/*", lockBranch: true }] },
      "Branch protection: missing",
    ],
    [
      "a protection rule lets an App push",
      {
        branchProtections: [
          { pattern: "patchpilot/*", restrictsPushes: true, blocksCreations: true, mayPush: ["App"] },
        ],
      },
      "Branch protection: attention",
    ],
    [
      "a key is misspelt",
      { secrets: ["PATCHPILOT_STATEKEY", "SENTRY_TOKEN", "ANTHROPIC_API_KEY"] },
      "The secret `PATCHPILOT_STATE_KEY`: missing",
    ],
  ])("%s", async (_, change, fault) => {
    desk.world.changeSettings(change);
    expect(faultsOf(await desk.check({ login: "ada" }))).toEqual([fault]);
  });

  test("a ruleset of the organization refuses new branches", async () => {
    desk.world.setRulesets([
      { target: "branch", include: ["~ALL"], rules: [{ type: "creation" }], organization: "acme" },
    ]);
    // Who may bypass it is for the owners of the organization.
    expect(faultsOf(await desk.check({ login: "ada" }))).toEqual(["Rulesets for `patchpilot/**`: unseen"]);
  });

  test("a ruleset of the repository refuses new branches", async () => {
    desk.world.setRulesets([{ target: "branch", include: ["~ALL"], rules: [{ type: "creation" }] }]);
    expect(faultsOf(await desk.check({ login: "ada" }))).toEqual(["Rulesets for `patchpilot/**`: missing"]);
  });

  test("the schedule has not run for two days", async () => {
    desk.clock.advance(2 * 86_400_000);
    expect(faultsOf(await desk.check({ login: "ada" }))).toEqual(["Schedule: attention"]);
  });

  test("a secret is set as a variable", async () => {
    desk.world.changeSettings({ secrets: ["PATCHPILOT_STATE_KEY", "ANTHROPIC_API_KEY"] });
    desk.world.setVariable("SENTRY_TOKEN", "sntrys_1");
    expect(faultsOf(await desk.check({ login: "ada" }))).toEqual(["The secret `SENTRY_TOKEN`: missing"]);
  });

  test("GitHub switched the workflow off", async () => {
    desk.world.runner().setWorkflowState(".github/workflows/patchpilot-repair.yml", "disabled_inactivity");
    expect(faultsOf(await desk.check({ login: "ada" }))).toEqual(["Workflows: missing"]);
  });
});

describe("names of secrets and variables", () => {
  test("that the organization sets are enough", async () => {
    desk.world.changeSettings({
      secrets: [],
      organizationSecrets: ["PATCHPILOT_STATE_KEY", "SENTRY_TOKEN", "ANTHROPIC_API_KEY"],
    });
    expect(faultsOf(await desk.check({ login: "ada" }))).toEqual([]);
  });

  test("beyond the first hundred are found", async () => {
    const many = Array.from({ length: 130 }, (_, index) => `A_${index}`);
    desk.world.changeSettings({ secrets: [], organizationSecrets: [...many, "PATCHPILOT_STATE_KEY"] });
    for (const name of many) desk.world.setVariable(`B${name}`, "1");
    desk.world.setVariable("Z_LAST", "1");
    const checks = await desk.check({ login: "ada" });
    expect(namesOf(checks, "ok")).toContain("The secret `PATCHPILOT_STATE_KEY`");
    expect(desk.simulator.requests.filter(({ path }) => path.includes("/actions/variables")).length).toBe(5);
  });

  test("of an environment are seen if a job names it", async () => {
    const names = ["PATCHPILOT_STATE_KEY", "SENTRY_TOKEN", "ANTHROPIC_API_KEY"];
    desk.world.changeSettings({ secrets: [], environments: [{ name: "live", secrets: names }] });
    const text = readReadmeWorkflow().replace("  tick:\n", "  tick:\n    environment: live\n");
    const files = { ".github/workflows/patchpilot.yml": text };
    desk.world.as("ada").push({ branch: "main", message: "Run in an environment", files });
    const checks = await desk.check({ login: "ada" });
    expect(checks.find(({ name }) => name === "The secret `SENTRY_TOKEN`")?.found).toContain("`live`");
    expect(namesOf(checks, "ok")).toContain("Environments");
  });
});

test("an environment that no job has used yet hides nothing", async () => {
  const text = readReadmeWorkflow().replace("  tick:\n", "  tick:\n    environment: live\n");
  const files = { ".github/workflows/patchpilot.yml": text };
  desk.world.as("ada").push({ branch: "main", message: "Run in an environment", files });
  desk.world.changeSettings({ secrets: ["PATCHPILOT_STATE_KEY", "SENTRY_TOKEN"] });
  expect(faultsOf(await desk.check({ login: "ada" }))).toEqual(["Model key: missing"]);
});

describe("a token", () => {
  test("without the scope `workflow` is to know", async () => {
    expect(faultsOf(await desk.check({ login: "ada", scopes: ["repo"] }))).toEqual(["Your token: attention"]);
  });

  test("without the scope `repo` sees no private repository", async () => {
    const checks = await desk.check({ login: "ada", scopes: ["public_repo"] });
    expect(faultsOf(checks)).toEqual(["Repository: missing"]);
  });

  test("that is fine-grained sees what its permissions allow, and calls nothing else missing", async () => {
    const permissions = { actions: "read", contents: "read", secrets: "read" } as const;
    const checks = await desk.check({ login: "ada", permissions });
    expect(namesOf(checks, "missing")).toEqual([]);
    expect(namesOf(checks, "unseen")).toEqual(
      expect.arrayContaining([...SETTINGS, "Your token", "The variable `SENTRY_ORG`"]),
    );
    expect(namesOf(checks, "ok")).toContain("The secret `SENTRY_TOKEN`");
  });
});

describe("an older GitHub Enterprise Server", () => {
  test.each([
    ["/rulesets", ["Rulesets for `patchpilot/**`", "Rulesets for `refs/patchpilot/`"]],
    ["/actions/permissions/workflow", ["Opening pull requests"]],
    ["/actions/organization-secrets", []],
  ])("that has no %s leaves its checks unseen", async (route, unseen) => {
    desk.simulator.faults = ({ path }) =>
      new URL(path, "http://x").pathname.endsWith(route)
        ? { kind: "reply", status: 404, body: '{"message":"Not Found"}' }
        : undefined;
    const checks = await desk.check({ login: "ada" });
    expect(faultsOf(checks)).toEqual(expect.arrayContaining(unseen.map((name) => `${name}: unseen`)));
    expect(namesOf(checks, "missing")).toEqual([]);
  });
});

test("a GitHub that is down leaves checks unanswered", async () => {
  desk.simulator.faults = ({ path }) =>
    path.includes("/rulesets") ? { kind: "reply", status: 502, body: "" } : undefined;
  expect(namesOf(await desk.check({ login: "ada" }), "unanswered")).toEqual([
    "Rulesets for `patchpilot/**`",
    "Rulesets for `refs/patchpilot/`",
  ]);
});
