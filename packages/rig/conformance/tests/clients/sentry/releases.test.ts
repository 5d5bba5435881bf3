import { releaseBefore, shaIn } from "@patchpilot/sentry";
import { DAY, HOUR } from "@patchpilot/time";
import { describe, expect } from "vitest";
import { crashEvent, it, startSentry } from "./simulated-sentry.ts";

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
  it("with a slash in its name is read", async () => {
    const { sentry } = startWithReleases();
    expect(await sentry.getRelease("shop/web@1.2.0")).toMatchObject({ commit: sha("d"), projects: ["shop"] });
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
