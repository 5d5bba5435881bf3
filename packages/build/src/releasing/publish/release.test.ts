import { afterAll, beforeAll, expect, test } from "vitest";
import { askRemote, countWrites, FIRST_WRITES, releaseWorld, showWorld } from "./testing/play-release.ts";
import { makeReleaseWorld, type ReleaseWorld } from "./testing/release-world.ts";
import { pushMain } from "./testing/small-monorepo.ts";

let world: ReleaseWorld;
let source: string;
let writes: readonly string[];
beforeAll(async () => {
  world = await makeReleaseWorld();
  source = world.monorepo.git(["rev-parse", "HEAD"]).toString().trim();
  writes = await countWrites(world);
});
afterAll(() => world.close());

const ask = (repository: string, ...args: readonly string[]) => askRemote(world, repository, ...args);

test("a first release pushes, drafts and describes every action, and the monorepo last", () => {
  expect(writes).toEqual(FIRST_WRITES);
});

test("a release that is there is not released again", async () => {
  const before = showWorld(world);
  expect(await countWrites(world)).toEqual([]);
  expect(showWorld(world)).toEqual(before);
});

test("another set of repositories gets the same commits, drafts and bytes", async () => {
  const other = await world.beside();
  try {
    await releaseWorld(other);
    expect(showWorld(other)).toEqual(showWorld(world));
  } finally {
    await other.close();
  }
});

test("a release commit is made by the bot, at the time of its source commit, and says what it is built from", () => {
  const who = "patchpilot-release\\[bot\\]";
  const time = "2026-11-01T11:00:00\\+00:00";
  expect(ask("intake", "log", "--format=%an %cn %aI %cI%n%B", "v1.0.0")).toMatch(
    new RegExp(
      `^${who} ${who} ${time} ${time}\nintake v1\\.0\\.0\n\nSource: patchpilot/patchpilot@${source}\nDist-SHA256: [0-9a-f]{64}$`,
    ),
  );
});

test("a program of an action stays executable", () => {
  const modes = ask("repair", "ls-tree", "-r", "--format=%(objectmode) %(path)", "v1.0.0").split("\n");
  expect(modes).toContain("100755 launcher/launcher-x64");
  expect(modes).toContain("100644 dist/index.js");
});

test("the monorepo's tag is on two commits on top of the source, and main stays where it is", () => {
  expect(ask("patchpilot", "rev-parse", "v1.0.0~2", "main").split("\n")).toEqual([source, source]);
});

test("the monorepo pins the actions' commits, and its pages the commit of the repair workflow", () => {
  const claim = ask("claim", "rev-parse", "v1.0.0");
  const workflow = ask("patchpilot", "rev-parse", "v1.0.0^");
  expect(ask("patchpilot", "show", "v1.0.0:.github/workflows/repair.yml")).toContain(
    `uses: patchpilot/claim@${claim} # v1.0.0`,
  );
  expect(ask("patchpilot", "show", "v1.0.0:README.md")).toContain(
    `uses: patchpilot/patchpilot/.github/workflows/repair.yml@${workflow} # v1.0.0`,
  );
});

test("a draft says what changed and what it is built from", () => {
  expect(world.github.releases.get("intake")?.[0]?.body).toBe(
    `- First release of intake.\n\nBuilt from patchpilot/patchpilot@${source}.`,
  );
});

test("a second release changes only what has another version, and says what else differs", async () => {
  const before = showWorld(world);
  world.monorepo.change(
    { "actions/intake/dist/index.js": "run(2);\n", "actions/claim/dist/index.js": "run(2);\n" },
    { intake: "1.1.0", ".": "1.1.0" },
  );
  pushMain(world.remotes, world.monorepo);
  const { notices } = await releaseWorld(world);
  const after = showWorld(world);
  expect(after["claim"]).toEqual(before["claim"]);
  expect(after["repair"]).toEqual(before["repair"]);
  expect(ask("intake", "rev-parse", "v1.1.0^")).toBe(ask("intake", "rev-parse", "v1.0.0"));
  expect(ask("intake", "rev-parse", "main")).toBe(ask("intake", "rev-parse", "v1.1.0"));
  expect(ask("patchpilot", "show", "v1.1.0:.github/workflows/repair.yml")).toContain(
    `${ask("claim", "rev-parse", "v1.0.0")} # v1.0.0`,
  );
  expect(notices).toEqual([
    "claim differs from patchpilot/claim v1.0.0 (dist/index.js), but its version did not change: it is left as it is.",
  ]);
});
