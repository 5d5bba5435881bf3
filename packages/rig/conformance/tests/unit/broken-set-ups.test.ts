import { HOUR } from "@patchpilot/time";
import { describe, expect, test } from "vitest";
import type { VerifyOptions } from "../../worlds/run-actions.ts";
import { answering, examine, openSetUp, REPAIR, type SetUp } from "../../worlds/sound-set-up.ts";
import { addIncident, SHOP } from "../../worlds/world.ts";

type Broken = {
  readonly what: string;
  /** Where the row comes from: a public report, or what the check is for. */
  readonly from: string;
  /** Inputs that differ from the sound ones. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly options?: Partial<VerifyOptions>;
  readonly spoil?: (setUp: SetUp) => void;
  /** The one check that speaks, its state, and words of its cause or remedy. */
  readonly says: readonly [name: string, state: string, words: string];
};

const TOKENS = "token kinds and scopes";
const RIGHTS = "https://github.com/fregante/release-with-changelog/issues/56";
const SENTRY_SCOPE = "https://github.com/tclindner/sentry-releases-action/issues/35";
const VERCEL_TEAM = "https://github.com/raycast/extensions/issues/29050";
const REGION = "https://github.com/PipedreamHQ/pipedream/issues/18489";
const PUBLIC_KEY = "https://github.com/PostHog/posthog/issues/27656";
const ALL = { issues: "write", contents: "write", pull_requests: "read", actions: "read" } as const;

const breaks =
  (origin: string, status: number) =>
  ({ test: { providers } }: SetUp): void =>
    void providers.set(origin, answering(status));

const rewrites =
  (text: string) =>
  ({ test: { world } }: SetUp): void =>
    void world.as("maya").push({ branch: "main", message: "Change it", files: { [REPAIR]: text } });

const probed = (status: number): Partial<VerifyOptions> => ({
  probe: async () => ({ state: "unhealthy", reason: `It answered ${status}.`, status }),
});

const input = (
  what: string,
  from: string,
  inputs: Readonly<Record<string, string>>,
  ...says: [string, string, string]
): Broken => ({ what, from, inputs, says });

const world = (
  what: string,
  from: string,
  spoil: (setUp: SetUp) => void,
  ...says: [string, string, string]
): Broken => ({ what, from, spoil, says });

const ROWS: readonly Broken[] = [
  input("no state key", TOKENS, { "state-key": "" }, "Record key", "missing", "others could forge"),
  input("a short state key", TOKENS, { "state-key": "short" }, "Record key", "missing", "can be guessed"),
  input("no model key", "the model key", { "anthropic-api-key": "" }, "Model key", "missing", "is not set"),
  {
    ...world(
      "a state key that was changed",
      TOKENS,
      ({ test }) => void addIncident(test),
      "Record key",
      "missing",
      "did not sign",
    ),
    inputs: { "state-key": "another-key-another-key-another-key" },
  },
  input("no Sentry token", TOKENS, { "sentry-token": "" }, "Sentry", "missing", "No token is set"),
  input(
    "a wrong Sentry token",
    TOKENS,
    { "sentry-token": "wrong" },
    "Sentry",
    "missing",
    "expired or revoked",
  ),
  input(
    "an organization token of Sentry",
    "https://github.com/getsentry/sentry-cli/issues/1707",
    { "sentry-token": "sntrys_abc" },
    "Sentry",
    "missing",
    "organization token",
  ),
  input(
    "a Sentry token in quotes",
    "https://github.com/cli/cli/issues/13588",
    { "sentry-token": '"reader"' },
    "Sentry",
    "missing",
    "sentry-token is wrong",
  ),
  world(
    "a Sentry token without a scope",
    SENTRY_SCOPE,
    breaks("https://sentry.io", 403),
    "Sentry",
    "missing",
    "lacks the scope org:read",
  ),
  world(
    "a Sentry that is down",
    "service down",
    breaks("https://sentry.io", 503),
    "Sentry",
    "unanswered",
    "503",
  ),
  world(
    "a Sentry that asks to slow down",
    "rate limit",
    breaks("https://sentry.io", 429),
    "Sentry",
    "unanswered",
    "slow down",
  ),
  input("another organization", "integration", { "sentry-org": "acmee" }, "Sentry", "missing", "sentry-org"),
  input("no organization", "integration", { "sentry-org": "" }, "Sentry", "missing", "No organization"),
  input(
    "a path as organization",
    "slug and name",
    { "sentry-org": "acme/shop" },
    "Sentry",
    "missing",
    "give its slug",
  ),
  input(
    "a project that is not there",
    "integration",
    { "sentry-projects": "wbe" },
    "Sentry projects",
    "missing",
    "It sees `shop`",
  ),
  input(
    "a project's name instead of its slug",
    "slug and name",
    { "sentry-projects": "Shop" },
    "Sentry projects",
    "missing",
    "It sees `shop`",
  ),
  input(
    "no project",
    "integration",
    { "sentry-projects": "" },
    "Sentry projects",
    "missing",
    "No project is set",
  ),
  input(
    "no address of a Sentry",
    "region",
    { "sentry-url": "sentry.io" },
    "Setting",
    "missing",
    "not a web address",
  ),
  input(
    "an environment that nobody reports from",
    "environments that exist",
    { environment: "staging" },
    "Sentry environment",
    "missing",
    "They know `production`",
  ),
  world(
    "no traffic for a day",
    "traffic source",
    ({ test }) => void test.clock.advance(26 * HOUR),
    "Traffic",
    "attention",
    "neither requests nor sessions",
  ),
  input(
    "a wrong Vercel token",
    VERCEL_TEAM,
    { "vercel-token": "wrong" },
    "Live commit",
    "missing",
    "wrong or expired",
  ),
  input("no Vercel token", TOKENS, { "vercel-token": "" }, "Live commit", "missing", "no token"),
  input(
    "another Vercel project",
    "https://github.com/dyad-sh/dyad/issues/1652",
    { "vercel-project": "shpo" },
    "Live commit",
    "missing",
    "check vercel-project",
  ),
  input(
    "no Vercel project",
    "releases that exist",
    { "vercel-project": "" },
    "Live commit",
    "missing",
    "no project",
  ),
  input(
    "another Vercel team",
    VERCEL_TEAM,
    { "vercel-team": "nobody" },
    "Live commit",
    "missing",
    "correct vercel-team",
  ),
  input(
    "no address of a Vercel",
    "region",
    { "vercel-url": "vercel.com" },
    "Setting",
    "missing",
    "not a web address",
  ),
  world(
    "a Vercel that is down",
    "service down",
    breaks("https://api.vercel.com", 503),
    "Live commit",
    "unanswered",
    "503",
  ),
  input(
    "a live commit of another repository",
    "releases that exist",
    { "deployed-sha": "ffffffffffffffffffffffffffffffffffffffff" },
    "Live commit",
    "missing",
    "no such commit",
  ),
  input(
    "a PostHog key of another region",
    REGION,
    { "posthog-api-key": "phx_wrong" },
    "PostHog",
    "missing",
    "of another region",
  ),
  input(
    "PostHog's public key",
    PUBLIC_KEY,
    { "posthog-api-key": "phc_shop" },
    "PostHog",
    "missing",
    "public key",
  ),
  input(
    "another PostHog project",
    REGION,
    { "posthog-project-id": "8" },
    "PostHog",
    "missing",
    "one region only",
  ),
  input(
    "no PostHog project",
    "integration",
    { "posthog-project-id": "" },
    "PostHog",
    "missing",
    "No project",
  ),
  input(
    "an event that nobody sends",
    "traffic source",
    { events: "chekcout" },
    "PostHog events",
    "missing",
    "Seen often: `checkout`",
  ),
  input("no event", "traffic source", { events: "" }, "PostHog events", "attention", "No event is named"),
  input("no PostHog key", TOKENS, { "posthog-api-key": "" }, "PostHog", "missing", "No API key"),
  world(
    "a PostHog that is down",
    "service down",
    breaks("https://us.posthog.com", 503),
    "PostHog",
    "unanswered",
    "503",
  ),
  {
    what: "a health address behind a login",
    from: "deployment protection",
    options: probed(401),
    says: ["Health", "missing", "without a login"],
  },
  {
    what: "a health address that is not there",
    from: "deployment protection",
    options: probed(404),
    says: ["Health", "missing", "404"],
  },
  input(
    "neither true nor false for a private address",
    "a typing error",
    { "health-allow-private": "maybe" },
    "Setting",
    "missing",
    "write true or false",
  ),
  input("a kill switch that is on", "stop", { stop: "true" }, "Kill switch", "attention", "read-only"),
  input(
    "a wrong model key",
    "the model key",
    { "anthropic-api-key": "sk-ant-wrong" },
    "Model key",
    "missing",
    "refuses the key",
  ),
  input(
    "the key of another vendor",
    "the model key",
    { agent: "codex" },
    "Model key",
    "missing",
    "`OPENAI_API_KEY` is not set",
  ),
  world(
    "a gateway without models",
    "the model key",
    breaks("https://api.anthropic.com", 404),
    "Model key",
    "missing",
    "404",
  ),
  world(
    "a vendor that is down",
    "service down",
    breaks("https://api.anthropic.com", 503),
    "Model key",
    "unanswered",
    "503",
  ),
  input(
    "a cost limit with a comma",
    "a typing error",
    { "max-cost-usd": "2,50" },
    "Cost limit",
    "missing",
    "a point for decimals",
  ),
  input(
    "half a GitHub App",
    "App permissions",
    { "app-id": "Iv1" },
    "GitHub App",
    "missing",
    "private key is not set",
  ),
  input(
    "an App's key that is none",
    "App permissions",
    { "app-id": "Iv1", "app-private-key": "k" },
    "GitHub App",
    "missing",
    "PEM",
  ),
  input(
    "another type of event",
    "the repair workflow",
    { "event-type": "my-repair" },
    "Repair workflow",
    "missing",
    "does not start on",
  ),
  world(
    "a repair workflow that starts on pushes alone",
    "the repair workflow",
    rewrites("on: push\njobs: {}\n"),
    "Repair workflow",
    "missing",
    "Copy its `on:`",
  ),
  world(
    "a repair workflow that is switched off",
    "the repair workflow",
    ({ test }) => void test.world.runner(SHOP).setWorkflowEnabled(REPAIR, false),
    "Repair workflow",
    "missing",
    "gh workflow enable",
  ),
  {
    what: "a job without issues: write",
    from: RIGHTS,
    options: { permissions: { ...ALL, issues: "read" } },
    says: ["Permission `issues: write`", "missing", "issues: write"],
  },
  {
    what: "a job without contents: write",
    from: RIGHTS,
    options: { permissions: { ...ALL, contents: "read" } },
    says: ["Permission `contents: write`", "missing", "contents: write"],
  },
  {
    what: "a job without pull-requests: read",
    from: RIGHTS,
    options: { permissions: { issues: "write", contents: "write", actions: "read" } },
    says: ["Permission `pull-requests: read`", "missing", "pull-requests: read"],
  },
  {
    what: "a job without actions: read",
    from: RIGHTS,
    options: { permissions: { issues: "write", contents: "write", pull_requests: "read" } },
    says: ["Permission `actions: read`", "missing", "actions: read"],
  },
];

describe("a broken set-up is named by one check", () => {
  test.each(ROWS)("$what", async ({ inputs, options, spoil, says: [name, state, words] }) => {
    const setUp = openSetUp();
    spoil?.(setUp);
    const { checks, sent } = await examine(setUp, { ...options, ...(inputs ? { inputs } : {}) });
    const loud = checks.filter((check) => !["ok", "off", "unseen"].includes(check.state));
    expect(loud).toMatchObject([{ name, state }]);
    expect(`${loud[0]?.found} ${loud[0]?.remedy}`).toContain(words);
    expect(notSent(checks, sent)).toEqual([]);
  });

  test("there are at least 40", () => expect(ROWS.length).toBeGreaterThanOrEqual(40));
});

describe("a sound set-up is silent", () => {
  test.each([
    ["Vercel and PostHog", {}],
    ["Sentry releases alone", { "vercel-token": "", "vercel-project": "" }],
    [
      "Sentry alone, without PostHog and health",
      {
        "vercel-token": "",
        "vercel-project": "",
        "posthog-api-key": "",
        "posthog-project-id": "",
        events: "",
        "health-url": "",
      },
    ],
  ])("%s", async (_, inputs) => {
    const { checks, sent } = await examine(openSetUp(), { inputs });
    expect(checks.filter(({ state }) => !["ok", "off", "unseen"].includes(state))).toEqual([]);
    expect(notSent(checks, sent)).toEqual([]);
  });
});

/** Names of checks that say `ok` of what no simulator was asked. The health URL is no simulator's. */
const notSent = (
  checks: Awaited<ReturnType<typeof examine>>["checks"],
  sent: ReadonlySet<string>,
): readonly string[] =>
  checks
    .filter(({ state, name }) => state === "ok" && name !== "Health")
    .filter(({ asked }) => asked.length === 0 || asked.some((request) => !sent.has(request)))
    .map(({ name }) => name);
