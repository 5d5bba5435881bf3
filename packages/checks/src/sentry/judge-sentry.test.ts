import { describe, expect, it } from "vitest";
import { answered, refusal } from "../testing/answers.ts";
import type { SentryFacts, SentrySettings } from "./facts.ts";
import { judgeSentry, judgeSentrySettings } from "./judge-sentry.ts";

const SETTINGS: SentrySettings = {
  "sentry-token": "token",
  "sentry-url": "https://sentry.io",
  "sentry-org": "acme",
  "sentry-projects": ["web"],
  environment: "production",
};
const RELEASE = {
  version: "web@1",
  projects: ["web"],
  platforms: [],
  dateCreated: null,
  dateReleased: null,
  firstEvent: null,
  commit: "a".repeat(40),
  lastDeploy: null,
};
const RIGHT: SentryFacts = {
  organization: answered({ slug: "acme" }),
  projects: answered([
    { id: "1", slug: "web" },
    { id: "2", slug: "api" },
  ]),
  environments: answered(["production", "staging"]),
  issues: answered(3),
  errors: answered([{ project: "web", count: 1 }]),
  traffic: answered({ count: 40, unit: "requests" as const }),
  releases: answered([RELEASE]),
};
const judge = (facts: Partial<SentryFacts> = {}, settings: Partial<SentrySettings> = {}) =>
  judgeSentry({ ...SETTINGS, ...settings }, { ...RIGHT, ...facts });
const states = (checks: readonly { name: string; state: string }[]) =>
  Object.fromEntries(checks.map(({ name, state }) => [name, state]));

describe("Sentry's settings", () => {
  it("are complete with token, organization and projects", () => {
    expect(judgeSentrySettings(SETTINGS)).toBeUndefined();
  });

  it("name everything that is absent at once, and call nothing right", () => {
    const checks =
      judgeSentrySettings({
        ...SETTINGS,
        "sentry-token": undefined,
        "sentry-org": undefined,
        "sentry-projects": [],
      }) ?? [];
    expect(checks.filter(({ state }) => state === "missing").flatMap(({ settings }) => settings)).toEqual([
      "sentry-token",
      "sentry-org",
      "sentry-projects",
    ]);
    expect(checks.map(({ state }) => state)).not.toContain("ok");
  });
});

describe("a Sentry that is set up right", () => {
  it("is right in every part, with what was found", () => {
    const checks = judge();
    expect(new Set(checks.map(({ state }) => state))).toEqual(new Set(["ok"]));
    expect(checks.map(({ found }) => found).join(" ")).toContain("`production`: 1 error in web within 24 h.");
  });
});

describe("a refusal of the organization points at", () => {
  it.each([
    ["unauthorized", ["sentry-token", "sentry-url"]],
    ["forbidden", ["sentry-token"]],
    ["not-found", ["sentry-org", "sentry-url"]],
    ["network", ["sentry-url"]],
    ["unreadable", ["sentry-url"]],
  ] as const)("%s: %j", (kind, settings) => {
    const [access, ...rest] = judge({ organization: refusal(kind) });
    expect([access?.state, access?.settings]).toEqual(["missing", settings]);
    expect(new Set(rest.map(({ state }) => state))).toEqual(new Set(["unseen"]));
  });
});

describe("a wrong value", () => {
  it("among the projects is named beside those that exist", () => {
    const check = judge({}, { "sentry-projects": ["web", "wbe"] }).find(
      ({ name }) => name === "Sentry projects",
    );
    expect(check).toMatchObject({ state: "missing", found: expect.stringContaining("`wbe`") });
    expect(check?.remedy).toContain("`web`, `api`");
  });

  it("of the environment is named beside those that exist", () => {
    const check = judge({ environments: answered(["vercel-production"]) }).find(
      ({ name }) => name === "Sentry environment",
    );
    expect(check).toMatchObject({ state: "missing", found: expect.stringContaining("`production`") });
    expect(check?.remedy).toContain("`vercel-production`");
  });
});

describe("what Sentry lacks", () => {
  it("of traffic or release commits is to know, and stops nothing", () => {
    const checks = judge({
      traffic: answered({ count: 0, unit: "sessions" as const }),
      releases: answered([]),
    });
    expect(states(checks)).toMatchObject({ Traffic: "attention", "Sentry releases": "attention" });
  });

  it("because it was down is not seen", () => {
    expect(states(judge({ traffic: refusal("server") }))).toMatchObject({ Traffic: "unanswered" });
  });
});
