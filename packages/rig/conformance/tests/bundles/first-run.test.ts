import { describe, expect, test } from "vitest";
import { addIncident, SHOP } from "../../worlds/world.ts";
import { type CheckLine, type Difference, type FirstRun, runByHand } from "./support/open-first-run.ts";

const named = (run: FirstRun, name: string): CheckLine | undefined =>
  run.checks.find((line) => line.name === name);

/** An address at which nothing listens. */
const NOBODY = "http://127.0.0.1:9";

describe("a run of the README's workflow that is started by hand", () => {
  test("is green where the set-up is right, and shows what it found", async () => {
    const run = await runByHand();
    expect(run.checks.filter(({ state }) => state === "missing")).toEqual([]);
    expect(run.conclusion).toBe("success");
    const summary = run.doctor?.summary ?? "";
    for (const found of [
      "`acme`",
      "`shop`",
      "`production`",
      "3 errors",
      "120 sessions",
      "`checkout` 200 times",
    ])
      expect(summary).toContain(found);
    expect(named(run, "Live commit")?.found).toMatch(/Vercel project `shop`: commit [0-9a-f]{7}, live since/);
  });

  test("says that all is well of nothing that it did not ask", async () => {
    const run = await runByHand();
    const right = run.checks.filter(({ state }) => state === "ok");
    expect(right.length).toBeGreaterThan(10);
    for (const { name, asked } of right) {
      expect([name, asked.length > 0]).toEqual([name, true]);
      const unanswered = asked.filter((request) => !run.answered.has(request));
      // The health URL is no simulator's.
      expect([name, unanswered]).toEqual([name, name === "Health" ? ["GET /health"] : []]);
    }
  });

  test("finds the key that signed the records that are there", async () => {
    const run = await runByHand({ workflow: doctorAlone, before: (world) => void addIncident(world) });
    expect(named(run, "Record key")).toMatchObject({
      state: "ok",
      found: "It signed the records on 1 issue.",
    });
  });

  test("takes away what a cancelled run left behind", async () => {
    const run = await runByHand({
      workflow: doctorAlone,
      before: ({ world }) => {
        const { refs } = world.repository(SHOP).git;
        refs.move("refs/patchpilot/probe", undefined, refs.get("refs/heads/main") ?? "");
      },
    });
    expect([run.conclusion, run.refs]).toEqual(["success", ["refs/heads/main"]]);
  });

  test("leaves nothing behind but labels", async () => {
    const run = await runByHand();
    expect(run.answered).toContain("DELETE /repos/acme/shop/git/refs/patchpilot%2Fprobe");
    expect(run.refs).toEqual(["refs/heads/main"]);
  });
});

const WRONG: readonly [what: string, difference: Difference, setting: string, state?: string][] = [
  [
    "no secret and no variable",
    {
      secrets: empty(
        "PATCHPILOT_STATE_KEY",
        "SENTRY_TOKEN",
        "VERCEL_TOKEN",
        "POSTHOG_API_KEY",
        "ANTHROPIC_API_KEY",
      ),
      vars: empty(
        "SENTRY_ORG",
        "SENTRY_PROJECTS",
        "SENTRY_URL",
        "VERCEL_PROJECT",
        "VERCEL_URL",
        "POSTHOG_HOST",
        "POSTHOG_PROJECT_ID",
        "POSTHOG_EVENTS",
        "HEALTH_URL",
        "HEALTH_ALLOW_PRIVATE",
      ),
    },
    "PATCHPILOT_STATE_KEY",
  ],
  [
    "the state key alone",
    { secrets: empty("SENTRY_TOKEN", "VERCEL_TOKEN", "POSTHOG_API_KEY", "ANTHROPIC_API_KEY") },
    "SENTRY_TOKEN",
  ],
  ["no state key", { secrets: empty("PATCHPILOT_STATE_KEY") }, "PATCHPILOT_STATE_KEY"],
  ["a short state key", { secrets: { PATCHPILOT_STATE_KEY: "short" } }, "PATCHPILOT_STATE_KEY"],
  ["no Sentry token", { secrets: empty("SENTRY_TOKEN") }, "SENTRY_TOKEN"],
  ["a wrong Sentry token", { secrets: { SENTRY_TOKEN: "wrong" } }, "SENTRY_TOKEN"],
  ["another organization", { vars: { SENTRY_ORG: "acmee" } }, "SENTRY_ORG"],
  ["an organization that cannot be one", { vars: { SENTRY_ORG: "acme/shop" } }, "SENTRY_ORG"],
  ["another project", { vars: { SENTRY_PROJECTS: "wbe" } }, "SENTRY_PROJECTS"],
  ["no project", { vars: empty("SENTRY_PROJECTS") }, "SENTRY_PROJECTS"],
  ["another Sentry", { vars: { SENTRY_URL: NOBODY } }, "SENTRY_URL"],
  ["no address of a Sentry", { vars: { SENTRY_URL: "sentry.io" } }, "SENTRY_URL"],
  ["a wrong Vercel token", { secrets: { VERCEL_TOKEN: "wrong" } }, "VERCEL_TOKEN"],
  ["no Vercel token", { secrets: empty("VERCEL_TOKEN") }, "VERCEL_TOKEN"],
  ["another Vercel project", { vars: { VERCEL_PROJECT: "shpo" } }, "VERCEL_PROJECT"],
  ["another Vercel team", { vars: { VERCEL_TEAM: "nobody" } }, "VERCEL_TEAM"],
  ["another Vercel", { vars: { VERCEL_URL: NOBODY } }, "VERCEL_URL"],
  ["a wrong PostHog key", { secrets: { POSTHOG_API_KEY: "phx_wrong" } }, "POSTHOG_API_KEY"],
  ["PostHog's public key", { secrets: { POSTHOG_API_KEY: "phc_shop" } }, "POSTHOG_API_KEY"],
  ["another PostHog project", { vars: { POSTHOG_PROJECT_ID: "8" } }, "POSTHOG_PROJECT_ID"],
  ["another PostHog", { vars: { POSTHOG_HOST: NOBODY } }, "POSTHOG_HOST"],
  ["an event that nobody sends", { vars: { POSTHOG_EVENTS: "chekcout" } }, "POSTHOG_EVENTS"],
  ["a health URL where nothing answers", { vars: { HEALTH_URL: `${NOBODY}/health` } }, "HEALTH_URL"],
  [
    "neither true nor false for a private health URL",
    { vars: { HEALTH_ALLOW_PRIVATE: "maybe" } },
    "HEALTH_ALLOW_PRIVATE",
  ],
  [
    "a private health URL that may not be asked",
    { vars: { HEALTH_ALLOW_PRIVATE: "false" } },
    "HEALTH_ALLOW_PRIVATE",
  ],
  ["a kill switch that is no word", { vars: { PATCHPILOT_STOP: "ture" } }, "PATCHPILOT_STOP"],
  ["no model key", { secrets: empty("ANTHROPIC_API_KEY") }, "ANTHROPIC_API_KEY"],
  ["a wrong model key", { secrets: { ANTHROPIC_API_KEY: "sk-ant-wrong" } }, "ANTHROPIC_API_KEY"],
  [
    "a wrong key of OpenAI's",
    { secrets: { OPENAI_API_KEY: "sk-wrong" }, vars: { PATCHPILOT_AGENT: "codex" } },
    "OPENAI_API_KEY",
  ],
  ["another gateway", { vars: { PATCHPILOT_MODEL_URL: NOBODY } }, "PATCHPILOT_MODEL_URL"],
  ["an agent without its command", { vars: { PATCHPILOT_AGENT: "command" } }, "PATCHPILOT_AGENT_COMMAND"],
  ["no amount", { vars: { PATCHPILOT_MAX_COST_USD: "five" } }, "PATCHPILOT_MAX_COST_USD"],
  ["half a GitHub App", { secrets: { PATCHPILOT_APP_ID: "Iv1" } }, "PATCHPILOT_APP_PRIVATE_KEY"],
  [
    "a private key that is none",
    { secrets: { PATCHPILOT_APP_ID: "Iv1", PATCHPILOT_APP_PRIVATE_KEY: "key" } },
    "PATCHPILOT_APP_PRIVATE_KEY",
  ],
  ["no App key", { secrets: { PATCHPILOT_APP_PRIVATE_KEY: "key" } }, "PATCHPILOT_APP_ID"],
  ["an agent that is none", { vars: { PATCHPILOT_AGENT: "claude" } }, "PATCHPILOT_AGENT"],
  [
    "a command for the agent",
    { vars: { PATCHPILOT_AGENT: "command", PATCHPILOT_AGENT_COMMAND: "fxi" } },
    "PATCHPILOT_AGENT_COMMAND",
    "unseen",
  ],
  [
    "a set-up command",
    { vars: { PATCHPILOT_SETUP_COMMAND: "npm cii" } },
    "PATCHPILOT_SETUP_COMMAND",
    "unseen",
  ],
  ["a test command", { vars: { PATCHPILOT_TEST_COMMAND: "npm tset" } }, "PATCHPILOT_TEST_COMMAND", "unseen"],
  ["an npm token", { secrets: { PATCHPILOT_NPM_TOKEN: "npm_wrong" } }, "PATCHPILOT_NPM_TOKEN", "unseen"],
];

/** The workflow up to its first step; the others' part in the first run is shown above. */
const doctorAlone = (text: string): string => text.split("      # Catches what an event missed")[0] ?? "";

function empty(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, ""]));
}

describe("what is wrong is named in the table", () => {
  test.each(WRONG)("%s", async (_, difference, setting, state = "missing") => {
    const run = await runByHand({ ...difference, workflow: doctorAlone });
    const rows = (run.doctor?.summary ?? "").split("\n").filter((row) => row.includes(`\`${setting}\``));
    const icon = { missing: "| ❌ |", attention: "| ⚠️ |", unseen: "| – |" }[state] ?? "";
    expect(rows.filter((row) => row.startsWith(icon))).not.toEqual([]);
    expect(run.conclusion).toBe(state === "missing" ? "failure" : "success");
  });

  test("a repair workflow that is not there", async () => {
    const run = await runByHand({ withoutRepair: true });
    expect(named(run, "Repair workflow")).toMatchObject({ state: "missing" });
    expect(run.conclusion).toBe("failure");
  });

  test.each([
    ["issues: write", "issues: read", "Permission `issues: write`"],
    ["contents: write", "contents: read", "Permission `contents: write`"],
    ["pull-requests: read", "pull-requests: none", "Permission `pull-requests: read`"],
    ["actions: read", "actions: none", "Permission `actions: read`"],
  ])("a job without `%s`", async (needed, given, name) => {
    const run = await runByHand({
      workflow: (text) => {
        const [incident = "", tick = ""] = doctorAlone(text).split("\n  tick:\n");
        return `${incident}\n  tick:\n${tick.replace(needed, given)}`;
      },
    });
    expect(named(run, name)).toMatchObject({ state: "missing", remedy: expect.stringContaining(needed) });
  });

  test("a repair workflow that somebody switched off", async () => {
    const run = await runByHand({
      workflow: doctorAlone,
      before: ({ world }) =>
        world.runner(SHOP).setWorkflowEnabled(".github/workflows/patchpilot-repair.yml", false),
    });
    expect(named(run, "Repair workflow")).toMatchObject({
      state: "missing",
      found: expect.stringContaining("disabled_manually"),
    });
  });

  test.each([
    ["dispatch:\n  event-type: my-repair\n", "Repair workflow"],
    ["intake:\n  environment: staging\n", "Sentry environment"],
  ])("what a section of the file sets for another action: %j", async (options, name) => {
    const run = await runByHand({ workflow: doctorAlone, options });
    expect(named(run, name)).toMatchObject({ state: "missing" });
  });

  test("a health URL without a scheme, beside everything else", async () => {
    const run = await runByHand({ workflow: doctorAlone, vars: { HEALTH_URL: "shop.example/health" } });
    expect(run.checks.filter(({ state }) => state === "missing")).toMatchObject([
      { settings: ["health-url"] },
    ]);
    expect(named(run, "Sentry")).toMatchObject({ state: "ok" });
  });

  test("a key that did not sign the records that are there", async () => {
    const run = await runByHand({
      workflow: doctorAlone,
      before: (world) => void addIncident(world),
      secrets: { PATCHPILOT_STATE_KEY: "another-key-another-key-another-key" },
    });
    expect(named(run, "Record key")).toMatchObject({ state: "missing" });
  });

  test("no secret appears in the table", async () => {
    const run = await runByHand({
      secrets: { OPENAI_API_KEY: "sk-proj-0123456789abcdef0123456789abcdef" },
      vars: { PATCHPILOT_AGENT: "codex" },
    });
    expect(run.doctor?.summary).not.toMatch(/sk-proj|cdef/);
  });
});
