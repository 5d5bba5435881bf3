import { join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nameWrite } from "./decide-write.ts";
import type { ReleasePorts } from "./ports.ts";
import { makeReleaseWorld, type ReleaseWorld, releaseWorld, showWorld } from "./testing/release-world.ts";
import { pushMain } from "./testing/small-monorepo.ts";

let world: ReleaseWorld;
beforeEach(async () => {
  world = await makeReleaseWorld();
});
afterEach(() => world.close());

/** Releases, and names every write. */
async function releaseAndCount(): Promise<{
  readonly writes: string[];
  readonly notices: readonly string[];
}> {
  const writes: string[] = [];
  const { refusals, notices } = await releaseWorld(world, (ports) => ({
    ...ports,
    write: (write, before) => {
      writes.push(nameWrite(write));
      return ports.write(write, before);
    },
  }));
  expect(refusals).toEqual([]);
  return { writes, notices };
}

const WRITES = [
  ...["claim", "intake", "repair"].flatMap((action) => [
    `push ${action} v1.0.0`,
    `draft ${action} v1.0.0`,
    `upload sbom.cdx.json of ${action} v1.0.0`,
  ]),
  "push patchpilot v1.0.0",
  "draft patchpilot v1.0.0",
];

const far = (repository: string) => testGit(join(world.remotes, repository));
const ask = (repository: string, ...args: readonly string[]) => far(repository)(args).toString().trim();

test("a first release pushes, drafts and describes every action, and the monorepo last", async () => {
  expect((await releaseAndCount()).writes).toEqual(WRITES);
});

test("a release that is there is not released again", async () => {
  await releaseAndCount();
  const before = showWorld(world);
  expect(await releaseAndCount()).toEqual({ writes: [], notices: [] });
  expect(showWorld(world)).toEqual(before);
});

test("another set of repositories gets the same commits, drafts and bytes", async () => {
  await releaseAndCount();
  const other = await world.beside();
  try {
    await releaseWorld(other);
    expect(showWorld(other)).toEqual(showWorld(world));
  } finally {
    await other.close();
  }
});

test("a release commit is made by the bot, at the time of its source commit, and says what it is built from", async () => {
  await releaseAndCount();
  const source = world.monorepo.git(["rev-parse", "HEAD"]).toString().trim();
  expect(ask("intake", "log", "--format=%an %cn %aI %cI%n%B", "v1.0.0")).toMatch(
    new RegExp(
      `^patchpilot-release\\[bot\\] patchpilot-release\\[bot\\] 2026-11-01T11:00:00\\+00:00 2026-11-01T11:00:00\\+00:00
intake v1\\.0\\.0

Source: patchpilot/patchpilot@${source}
Dist-SHA256: [0-9a-f]{64}$`,
    ),
  );
});

test("a program of an action stays executable", async () => {
  await releaseAndCount();
  const modes = ask("repair", "ls-tree", "-r", "--format=%(objectmode) %(path)", "v1.0.0").split("\n");
  expect(modes).toContain("100755 launcher/launcher-x64");
  expect(modes).toContain("100644 dist/index.js");
});

test("the monorepo's tag is on two commits on top of the source, and main stays where it is", async () => {
  const source = world.monorepo.git(["rev-parse", "HEAD"]).toString().trim();
  await releaseAndCount();
  expect(ask("patchpilot", "rev-parse", "v1.0.0~2", "main").split("\n")).toEqual([source, source]);
});

test("the monorepo pins the actions' commits, and its pages the commit of the repair workflow", async () => {
  await releaseAndCount();
  const claim = ask("claim", "rev-parse", "v1.0.0");
  const workflow = ask("patchpilot", "rev-parse", "v1.0.0^");
  expect(ask("patchpilot", "show", "v1.0.0:.github/workflows/repair.yml")).toContain(
    `uses: patchpilot/claim@${claim} # v1.0.0`,
  );
  expect(ask("patchpilot", "show", "v1.0.0:README.md")).toContain(
    `uses: patchpilot/patchpilot/.github/workflows/repair.yml@${workflow} # v1.0.0`,
  );
});

test("a draft says what changed and what it is built from", async () => {
  await releaseAndCount();
  expect(world.github.releases.get("intake")?.[0]?.body).toMatch(
    /^- First release of intake\.\n\nBuilt from patchpilot\/patchpilot@[0-9a-f]{40}\.$/,
  );
});

test("a second release changes only what has another version", async () => {
  await releaseAndCount();
  const before = showWorld(world);
  await changeIntake();
  expect((await releaseAndCount()).writes).toEqual([
    "push intake v1.1.0",
    "draft intake v1.1.0",
    "upload sbom.cdx.json of intake v1.1.0",
    "push patchpilot v1.1.0",
    "draft patchpilot v1.1.0",
  ]);
  const after = showWorld(world);
  expect(after["claim"]).toEqual(before["claim"]);
  expect(ask("intake", "rev-parse", "v1.1.0^")).toBe(ask("intake", "rev-parse", "v1.0.0"));
});

test("an action that changed without another version is left as it is, with a notice", async () => {
  await releaseAndCount();
  await changeIntake({ "actions/claim/dist/index.js": "run(2);\n" });
  const { notices } = await releaseAndCount();
  expect(notices).toEqual([
    "claim differs from patchpilot/claim v1.0.0 (dist/index.js), but its version did not change: it is left as it is.",
  ]);
});

test("killed before and after each of its writes and run again, a release ends as if nobody had killed it", async () => {
  const undisturbed = await world.beside();
  await releaseWorld(undisturbed);
  for (const name of WRITES) {
    await expect(releaseWorld(world, killAt(name, "before"))).rejects.toThrow(`killed before ${name}`);
    await expect(releaseWorld(world, killAt(name, "after"))).rejects.toThrow(`killed after ${name}`);
  }
  expect((await releaseAndCount()).writes).toEqual([]);
  expect(showWorld(world)).toEqual(showWorld(undisturbed));
  await undisturbed.close();
});

function killAt(name: string, when: "before" | "after") {
  return (ports: ReleasePorts): ReleasePorts => ({
    ...ports,
    write: async (write, before) => {
      if (when === "before" && nameWrite(write) === name) throw new Error(`killed before ${name}`);
      const after = await ports.write(write, before);
      if (nameWrite(write) === name) throw new Error(`killed after ${name}`);
      return after;
    },
  });
}

async function changeIntake(more: Readonly<Record<string, string>> = {}): Promise<void> {
  world.monorepo.change(
    { "actions/intake/dist/index.js": 'run("intake", 2);\n', ...more },
    { intake: "1.1.0", ".": "1.1.0" },
  );
  pushMain(world.remotes, world.monorepo);
}
