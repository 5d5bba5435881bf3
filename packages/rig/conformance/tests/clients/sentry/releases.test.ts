import { releaseBefore, shaIn } from "@patchpilot/sentry";
import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect, it } from "vitest";
import { crashEvent, startSentry } from "./simulated-sentry.ts";

const sha = (letter: string) => letter.repeat(40);

/** Three releases a day apart; the newest was built from two commits. */
function startWithReleases() {
  const world = startSentry();
  const now = world.clock.now();
  world.simulator.recordRelease({ version: "shop@1.0.0", at: now - 2 * DAY, commits: [{ sha: sha("a") }] });
  world.simulator.recordRelease({ version: `shop@${sha("b")}`, at: now - DAY });
  const commits = [{ sha: sha("d") }, { sha: sha("c") }];
  world.simulator.recordRelease({ version: "shop/web@1.2.0", at: now, commits });
  return world;
}

describe("a release", () => {
  it("with a slash in its name is read, with its commits and deploys", async () => {
    const { sentry, simulator } = startWithReleases();
    simulator.recordDeploy("shop/web@1.2.0", "production");
    expect(await sentry.getRelease("shop/web@1.2.0")).toMatchObject({ commit: sha("d"), projects: ["shop"] });
    const { rows } = await sentry.releaseCommits("shop/web@1.2.0");
    expect(rows.map((commit) => commit.sha)).toEqual([sha("d"), sha("c")]);
    const deploys = await sentry.releaseDeploys("shop/web@1.2.0");
    expect(deploys.map(({ environment }) => environment)).toEqual(["production"]);
    expect(simulator.violations).toEqual([]);
  });

  it("was live from its first error event only where it has one", async () => {
    const { sentry, simulator, clock } = startWithReleases();
    simulator.recordSessions({ count: 9, release: "shop@1.0.0" });
    expect((await sentry.getRelease("shop@1.0.0")).firstEvent).toBeNull();
    clock.advance(HOUR);
    simulator.recordEvent({ event: crashEvent("TypeError"), release: "shop@1.0.0" });
    expect((await sentry.getRelease("shop@1.0.0")).firstEvent).toBe("2026-11-21T13:00:00.000Z");
  });

  it.each([
    [sha("a"), sha("a")],
    [`shop@${sha("a")}`, sha("a")],
    ["shop@1.0.0", null],
    [`${sha("a")}b`, null],
  ])("named %s was built from %s", (version, commit) => {
    expect(shaIn(version)).toBe(commit);
  });

  it("has the one before it as the last good one", async () => {
    const { sentry } = startWithReleases();
    const { rows } = await sentry.listReleases();
    expect(releaseBefore(rows, "shop/web@1.2.0")?.version).toBe(`shop@${sha("b")}`);
    expect(releaseBefore(rows, "shop@1.0.0")).toBeUndefined();
    expect(releaseBefore(rows, "unknown")).toBeUndefined();
  });
});

describe("the first release with a commit", () => {
  const since = new Date(Date.UTC(2026, 10, 1));

  it("is found by the commit it was built from, once the older ones are read", async () => {
    const { sentry, simulator } = startWithReleases();
    const found = await sentry.firstReleasesWith([sha("b")], { since });
    expect(found.get(sha("b"))?.version).toBe(`shop@${sha("b")}`);
    expect(simulator.requests.map(({ operation }) => operation)).toEqual([
      "GET /releases/",
      "GET /releases/{id}/commits/",
    ]);
  });

  it("is found in the list of commits", async () => {
    const { sentry } = startWithReleases();
    const found = await sentry.firstReleasesWith([sha("c"), sha("a")], { since });
    expect([...found].map(([commit, { version }]) => [commit, version])).toEqual([
      [sha("a"), "shop@1.0.0"],
      [sha("c"), "shop/web@1.2.0"],
    ]);
  });

  it("is unknown for a commit that no release names", async () => {
    const { sentry } = startWithReleases();
    expect((await sentry.firstReleasesWith([sha("f")], { since })).size).toBe(0);
  });

  it("looks at no release that is older than the commit", async () => {
    const { sentry, clock } = startWithReleases();
    const found = await sentry.firstReleasesWith([sha("a")], { since: new Date(clock.now() - DAY) });
    expect(found.size).toBe(0);
  });
});
