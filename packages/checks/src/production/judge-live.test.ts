import { describe, expect, it } from "vitest";
import { answered } from "../testing/answers.ts";
import type { LiveFacts, LiveSettings } from "./facts.ts";
import { judgeGivenCommit, judgeLive, judgeVercelSettings, liveCommit } from "./judge-live.ts";

const SETTINGS: LiveSettings = {
  "vercel-url": "https://api.vercel.com",
  "production-environment": "production",
};
const SHA = "a".repeat(40);
const OTHER = "b".repeat(40);
const vercel = (sha: string | undefined, notices: string[] = []) =>
  answered({
    projectId: "prj_1",
    projectName: "shop",
    live: sha === undefined ? undefined : { id: "dpl_1", sha, branch: "main", liveSince: new Date(0) },
    rollback: undefined,
    promotesItself: true,
    notices,
  });
const release = { sha: OTHER, version: "shop@1", asked: ["GET /releases/"] };
const judge = (facts: LiveFacts) => judgeLive(SETTINGS, { isOurs: answered(true), ...facts });

describe("Vercel's settings", () => {
  it.each([
    [{ "vercel-token": "t" }, "vercel-project"],
    [{ "vercel-project": "p" }, "vercel-token"],
    [{ "vercel-team": "acme" }, "vercel-token"],
  ])("are half a set-up with %j alone", (given, setting) => {
    expect(judgeVercelSettings({ ...SETTINGS, ...given })).toMatchObject({
      state: "missing",
      settings: [setting],
    });
  });

  it.each([[{}], [{ "vercel-token": "t", "vercel-project": "p" }]])("are whole with %j", (given) => {
    expect(judgeVercelSettings({ ...SETTINGS, ...given })).toBeUndefined();
  });
});

describe("the live commit", () => {
  it("is Vercel's where Vercel is asked, then GitHub's, then the release's", () => {
    expect(liveCommit({ vercel: vercel(SHA), release })).toBe(SHA);
    expect(liveCommit({ deployments: answered(SHA), release })).toBe(SHA);
    expect(liveCommit({ deployments: answered(undefined), release })).toBe(OTHER);
    expect(liveCommit({ vercel: vercel(undefined), release })).toBeUndefined();
  });

  it("is shown with the time since when it is live", () => {
    expect(judge({ vercel: vercel(SHA) })).toMatchObject([
      { state: "ok", found: "Vercel project `shop`: commit aaaaaaa, live since 1970-01-01 00:00 UTC." },
    ]);
  });

  it("that this repository does not have is another project's", () => {
    expect(judge({ vercel: vercel(SHA), isOurs: answered(false) })).toMatchObject([{ state: "missing" }]);
  });

  it("that nothing knows is missing, with every way to tell it", () => {
    const [check] = judge({ deployments: answered(undefined) });
    expect(check).toMatchObject({ state: "missing" });
    expect(check?.remedy).toMatch(/Vercel.*GitHub Deployments.*release/);
  });

  it.each([
    [true, "ok"],
    [false, "missing"],
  ])("that the workflow gives, and that the repository has: %s, is %s", (isOurs, state) => {
    expect(judgeGivenCommit(SHA, answered(isOurs))).toMatchObject([{ state }]);
  });

  it("of a project that deployed nothing yet is to know", () => {
    expect(judge({ vercel: vercel(undefined) })).toMatchObject([{ state: "attention" }]);
  });

  it("comes with what stands in the way of the next deployment", () => {
    expect(judge({ vercel: vercel(SHA, ["It holds back."]) })).toMatchObject([
      { state: "ok" },
      { state: "attention", found: "It holds back." },
    ]);
  });
});
