import type { RepositoryProfile } from "@patchpilot/github";
import { describe, expect, it } from "vitest";
import { answered, refusal } from "../testing/answers.ts";
import { checkNamed, judgeWith, PROFILE, RIGHT_DESK } from "../testing/desk-facts.ts";
import { judgeDesk } from "./judge-desk.ts";

const withProfile = (name: string, changes: Partial<RepositoryProfile>) =>
  checkNamed(name, { profile: answered({ ...PROFILE, ...changes }) });

describe("a desk that is right", () => {
  it("has only checks that are ok, each with a request behind it", () => {
    const checks = judgeWith();
    expect(checks.filter(({ state, asked }) => state !== "ok" || asked.length === 0)).toEqual([]);
  });
});

it("a repository that GitHub does not show is one check", () => {
  expect(judgeWith({ profile: refusal("not-found") })).toMatchObject([
    { name: "Repository", state: "missing" },
  ]);
});

describe("the repository", () => {
  it.each([
    ["Archive", { archived: true }, "missing"],
    ["Issues", { hasIssues: false }, "missing"],
    ["Fork", { fork: true }, "attention"],
    ["Repository", { visibility: "public" }, "attention"],
    ["Repository", { visibility: "internal" }, "ok"],
  ] as const)("%s with %j is %s", (name, changes, state) => {
    expect(withProfile(name, changes)?.state).toBe(state);
  });

  it.each([
    [{ archived: true }, "Archive"],
    [{ hasIssues: false }, "Issues"],
    [{ fork: true }, "Fork"],
    [{ visibility: "public" }, "Repository"],
    [{ right: "push" }, "Your rights"],
    [{ scopes: ["repo"] }, "Your token"],
  ] as const)("with %j is blamed by one check", (changes, name) => {
    const checks = judgeWith({ profile: answered({ ...PROFILE, ...changes }) });
    expect(checks.filter(({ state }) => state !== "ok").map((check) => check.name)).toEqual([name]);
  });
});

describe("your rights", () => {
  it.each([
    ["admin", "ok"],
    ["maintain", "attention"],
    ["push", "attention"],
    ["triage", "attention"],
    ["pull", "attention"],
    [undefined, "unseen"],
  ] as const)("of %s are %s", (right, state) => {
    expect(withProfile("Your rights", { right })?.state).toBe(state);
  });
});

describe("your token", () => {
  it.each([
    [["repo", "workflow"], "private", "ok"],
    [["public_repo", "workflow"], "public", "ok"],
    [["public_repo", "workflow"], "private", "attention"],
    [["repo"], "private", "attention"],
    [[], "public", "attention"],
    [undefined, "private", "unseen"],
  ] as const)("with the scopes %j is, in a repository that is %s, %s", (scopes, visibility, state) => {
    expect(withProfile("Your token", { scopes, visibility })?.state).toBe(state);
  });

  it("that lacks a scope says the command that adds it", () => {
    expect(withProfile("Your token", { scopes: ["repo"] })?.remedy).toContain(
      "gh auth refresh --scopes workflow",
    );
  });
});

describe("Sentry's App", () => {
  const app = { slug: "sentry", reach: "all" } as const;

  it.each([
    ["reaches every repository", [app], "ok"],
    ["is suspended", [{ ...app, reach: "suspended" }], "missing"],
    ["is not there", [], "attention"],
    ["reaches repositories that GitHub does not name", [{ ...app, reach: "selected" }], "unseen"],
  ] as const)("that %s", (_, apps, state) => {
    expect(checkNamed("Sentry's App", { apps: answered(apps) })?.state).toBe(state);
  });

  it("is not seen by who does not own the organization", () => {
    expect(checkNamed("Sentry's App", { apps: refusal("forbidden") })).toMatchObject({
      state: "unseen",
      remedy: expect.stringContaining("https://github.com/organizations/acme/settings/installations"),
    });
  });

  it("is not seen if a user owns the repository", () => {
    const { apps, ...others } = RIGHT_DESK;
    const checks = judgeDesk({ "server-url": "https://github.com" }, others);
    expect(apps?.state).toBe("answered");
    expect(checks.find(({ name }) => name === "Sentry's App")).toMatchObject({
      state: "unseen",
      remedy: "Look at https://github.com/settings/installations.",
    });
  });
});
