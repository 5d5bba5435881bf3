import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { nameWrite } from "./decide-write.ts";
import { LostReply } from "./lost-reply.ts";
import type { ReleasePorts } from "./ports.ts";
import type { FakeGitHub } from "./testing/fake-github.ts";
import { countWrites, FIRST_WRITES, releaseWorld, showWorld } from "./testing/play-release.ts";
import { makeReleaseWorld, type ReleaseWorld } from "./testing/release-world.ts";

let world: ReleaseWorld;
let undisturbed: ReleaseWorld;
beforeAll(async () => {
  undisturbed = await makeReleaseWorld();
  await releaseWorld(undisturbed);
});
afterAll(() => undisturbed.close());
beforeEach(async () => {
  world = await undisturbed.beside();
});
afterEach(() => world.close());

/** Releases, and is killed at one write, before it is made or after. */
async function kill(name: string, when: "before" | "after"): Promise<void> {
  const release = releaseWorld(world, (ports) => ({
    ...ports,
    write: async (write, progress) => {
      const isIt = nameWrite(write) === name;
      if (isIt && when === "before") throw new Error(`killed before ${name}`);
      const after = await ports.write(write, progress);
      if (isIt) throw new Error(`killed after ${name}`);
      return after;
    },
  }));
  await expect(release).rejects.toThrow(`killed ${when} ${name}`);
}

test("killed at each of its writes and run again, a release ends as if nobody had killed it", async () => {
  for (const [index, name] of FIRST_WRITES.entries()) {
    // The last one is killed after it, or it would not be made.
    const isAfter = (FIRST_WRITES.length - index) % 2 === 1;
    if (inject("everyKill") || !isAfter) await kill(name, "before");
    if (inject("everyKill") || isAfter) await kill(name, "after");
  }
  expect(await countWrites(world)).toEqual([]);
  expect(showWorld(world)).toEqual(showWorld(undisturbed));
});

test("an upload that was broken off is deleted and made again, killed at any of it", async () => {
  await releaseWorld(world);
  const [draft] = world.github.releases.get("intake") ?? [];
  Object.assign(draft?.assets[0] ?? {}, { state: "starter", digest: undefined, content: "{" });
  for (const name of [
    "delete the unfinished sbom.cdx.json of intake v1.0.0",
    "upload sbom.cdx.json of intake v1.0.0",
  ]) {
    await kill(name, "before");
    await kill(name, "after");
  }
  expect(await countWrites(world)).toEqual([]);
  expect(showWorld(world)).toEqual(showWorld(undisturbed));
});

test("if the reply to each write is lost, a release looks and continues", async () => {
  const loseAll = (ports: ReleasePorts): ReleasePorts => ({
    ...ports,
    write: async (write, progress) => {
      await ports.write(write, progress);
      throw new LostReply("The connection broke.");
    },
  });
  await releaseWorld(world, loseAll);
  expect(showWorld(world)).toEqual(showWorld(undisturbed));
});

test("a broken connection to GitHub is a lost reply, and no draft is doubled", async () => {
  const lost: string[] = [];
  world.github.fate = loseOnce(lost);
  await releaseWorld(world);
  expect(lost).toContain("POST claim/releases");
  expect(showWorld(world)).toEqual(showWorld(undisturbed));
});

/** Loses the reply to each write once. */
function loseOnce(lost: string[]): FakeGitHub["fate"] {
  return (request) => {
    if (request.startsWith("GET") || lost.includes(request)) return "answer";
    lost.push(request);
    return "lose";
  };
}

test("a write that never arrives is asked twice, and then the release ends", async () => {
  let asked = 0;
  const wrap = (ports: ReleasePorts): ReleasePorts => ({
    ...ports,
    write: () => {
      asked += 1;
      return Promise.reject(new LostReply("The connection broke."));
    },
  });
  await expect(releaseWorld(world, wrap)).rejects.toThrow("The connection broke.");
  expect(asked).toBe(2);
});

test("of two drafts with one tag the oldest is completed, and a notice says so", async () => {
  world.github.addDraft("intake", "v1.0.0");
  world.github.addDraft("intake", "v1.0.0");
  const { notices } = await releaseWorld(world);
  expect(notices).toEqual([
    "patchpilot/intake v1.0.0 has 2 releases. Publish the oldest draft, and delete the others.",
  ]);
  expect(world.github.releases.get("intake")?.map(({ assets }) => assets.length)).toEqual([0, 1]);
});

test("a published release is left alone", async () => {
  await releaseWorld(world);
  for (const [release] of world.github.releases.values())
    Object.assign(release ?? {}, { draft: false, assets: [] });
  expect(await countWrites(world)).toEqual([]);
});
