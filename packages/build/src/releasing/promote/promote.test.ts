import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { REPOSITORY } from "../../repository.ts";
import { LostReply } from "../publish/lost-reply.ts";
import { pushMain, SMALL_ACTIONS } from "../publish/testing/small-monorepo.ts";
import { makePromoteWorld, type PromoteWorld, promoteWorld, showLines } from "./testing/promote-world.ts";
import * as words from "./words.ts";

/** Version 1.0.0 of everything is released, published and attested. */
let world: PromoteWorld;
beforeAll(async () => {
  world = await makePromoteWorld();
  await world.publish("1.0.0");
  world.restore("keep");
});
beforeEach(() => world.restore());
afterAll(() => world.close());

const ALL = [...SMALL_ACTIONS, "patchpilot"];
const everyLine = (version: string, minor: string) =>
  Object.fromEntries(ALL.map((name) => [name, { v1: version, [minor]: version }]));
const NOWHERE = Object.fromEntries(ALL.map((name) => [name, {}]));
const RIGHT = { refusals: [], notices: [] };

test("what is published, immutable and attested is promoted, and a second run has nothing to do", async () => {
  expect(await promoteWorld(world)).toEqual(RIGHT);
  expect(showLines(world)).toEqual(everyLine("v1.0.0", "v1.0"));
  const moved: string[] = [];
  const watch = await promoteWorld(world, (ports) => ({
    ...ports,
    moveTags: async (name) => void moved.push(name),
  }));
  expect({ watch, moved }).toEqual({ watch: RIGHT, moved: [] });
});

test("a later version moves the tags of what changed, and the monorepo's", async () => {
  await promoteWorld(world);
  world.monorepo.change({ "actions/intake/dist/index.js": "run(2);\n" }, { intake: "1.1.0", ".": "1.1.0" });
  pushMain(world.remotes, world.monorepo);
  await world.publish("1.1.0");
  expect(await promoteWorld(world)).toEqual(RIGHT);
  expect(showLines(world)).toEqual({
    claim: { v1: "v1.0.0", "v1.0": "v1.0.0" },
    intake: { v1: "v1.1.0", "v1.0": "v1.0.0", "v1.1": "v1.1.0" },
    repair: { v1: "v1.0.0", "v1.0": "v1.0.0" },
    patchpilot: { v1: "v1.1.0", "v1.0": "v1.0.0", "v1.1": "v1.1.0" },
  });
});

/** Changes one thing about the published release of intake, and says what is then refused. */
const FAULTS: readonly (readonly [string, (world: PromoteWorld) => void | Promise<void>, string])[] = [
  ["not attested", ({ github }) => github.attestations.clear(), "There is no attestation"],
  [
    "attested by another workflow",
    (world) =>
      attestAnew(world, (right) => ({
        ...right,
        claims: { ...right.claims, san: right.claims.san.replace("release.yml", "ci.yml") },
      })),
    "is by the workflow",
  ],
  [
    "attested for another repository",
    (world) =>
      attestAnew(world, (right) => ({
        ...right,
        claims: { ...right.claims, repository: "evil/patchpilot" },
      })),
    "is of a build of",
  ],
  [
    "attested by an expired certificate",
    (world) => attestAnew(world, (right) => ({ ...right, expired: true })),
    "cannot be trusted",
  ],
  [
    "attested with another byte in its bundle",
    (world) =>
      attestAnew(world, (right) => ({
        ...right,
        subjects: { ...right.subjects, "intake/dist/index.js": "0".repeat(64) },
      })),
    "intake/dist/index.js differs from what was attested",
  ],
  [
    "tampered with, and its tag moved",
    (world) => retag(world, ["dist/index.js", "steal();\n"]),
    "The dist of",
  ],
  [
    "tampered with in a file that no trailer names, and its tag moved",
    (world) => retag(world, ["action.yml", "runs: { using: node24, main: evil.js }\n"]),
    "intake/action.yml differs from what was attested",
  ],
  [
    "forged: its commit has no trailers",
    (world) => retag(world, ["dist/x.js", "x"], "intake v1.0.0"),
    "made by no release",
  ],
  ["built from a commit that is not on main", (world) => setMainElsewhere(world), "is not on main of"],
];

async function attestAnew(
  { github, attest }: PromoteWorld,
  change: Parameters<PromoteWorld["attest"]>[2],
): Promise<void> {
  github.attestations.clear();
  for (const action of SMALL_ACTIONS) await attest(action, "1.0.0", action === "intake" ? change : undefined);
}

/** Moves a tag to a commit like the released one, but for a file. */
function retag(
  { remotes }: PromoteWorld,
  [path, text]: readonly [string, string],
  message?: string,
  name = "intake",
): void {
  const folder = join(remotes, name);
  const git = testGit(folder, { GIT_INDEX_FILE: join(folder, "forged-index") });
  const blob = git(["hash-object", "-w", "--stdin"], text).toString().trim();
  git(["read-tree", "v1.0.0"]);
  git(["update-index", "--add", "--cacheinfo", `100644,${blob},${path}`]);
  const tree = git(["write-tree"]).toString().trim();
  const said = message ?? git(["log", "-1", "--format=%B", "v1.0.0"]).toString().trim();
  const commit = git(["commit-tree", tree, "-F", "-"], `${said}\n`).toString().trim();
  git(["update-ref", "refs/tags/v1.0.0", commit]);
}

function setMainElsewhere({ remotes }: PromoteWorld): void {
  const git = testGit(join(remotes, "patchpilot"));
  const commit = git(["commit-tree", "v1.0.0^{tree}", "-m", "another history"]).toString().trim();
  git(["update-ref", "refs/heads/main", commit]);
}

test.each(FAULTS)(
  "a release that is %s is refused, and so is the monorepo that pins it",
  async (_, change, why) => {
    await change(world);
    const { refusals } = await promoteWorld(world);
    expect(refusals.join("\n")).toContain(why);
    expect(refusals).toContainEqual(
      expect.stringMatching(/^patchpilot\/patchpilot v1\.0\.0 is not promoted\./),
    );
    expect(showLines(world)).toMatchObject({ intake: {}, patchpilot: {} });
  },
);

test("the others of the same release are promoted all the same", async () => {
  retag(world, ["dist/index.js", "steal();\n"]);
  await promoteWorld(world);
  expect(showLines(world)).toMatchObject({ claim: { v1: "v1.0.0" }, repair: { v1: "v1.0.0" } });
});

test("a monorepo with another commit than a release of its source makes is refused", async () => {
  retag(world, [".github/workflows/repair.yml", "uses: evil/claim@v1\n"], undefined, "patchpilot");
  const { refusals } = await promoteWorld(world);
  expect(refusals).toEqual([
    expect.stringMatching(/^patchpilot\/patchpilot v1\.0\.0 is not promoted\. A release of/),
  ]);
  expect(showLines(world)).toMatchObject({ intake: { v1: "v1.0.0" }, patchpilot: {} });
});

test("the monorepo waits for a version that it pins and that is still a draft", async () => {
  Object.assign(world.github.releases.get("intake")?.[0] ?? {}, { draft: true, immutable: false });
  const { refusals, notices } = await promoteWorld(world);
  expect(refusals).toEqual([expect.stringContaining("It pins patchpilot/intake v1.0.0")]);
  expect(notices).toEqual([expect.stringContaining("patchpilot/intake v1.0.0 is not published")]);
  expect(showLines(world)).toMatchObject({ claim: { v1: "v1.0.0" }, intake: {}, patchpilot: {} });
});

test("if somebody moves a tag meanwhile, neither tag of that repository is moved", async () => {
  const git = world.repository("intake");
  const meanwhile = git(["commit-tree", "main^{tree}", "-m", "meanwhile"]).toString().trim();
  const { refusals } = await promoteWorld(world, (ports) => ({
    ...ports,
    moveTags: async (name, moves) => {
      if (name === "intake") world.repository(name)(["update-ref", "refs/tags/v1.0", meanwhile]);
      await ports.moveTags(name, moves);
    },
  }));
  expect(refusals).toEqual([expect.stringContaining("Somebody else moved tags")]);
  expect(showLines(world)).toMatchObject({ intake: { "v1.0": "elsewhere" }, claim: { v1: "v1.0.0" } });
  expect(showLines(world)["intake"]).not.toHaveProperty("v1");
});

const KILLS = ALL.flatMap((name) => [["before", name] as const, ["after", name] as const]);

test.each(KILLS.filter((_, index) => inject("everyKill") || index % 4 === 0 || index % 4 === 3))(
  "killed %s it moved the tags of %s and run again, it ends the same",
  async (moment, name) => {
    let dead = false;
    await promoteWorld(world, (ports) => ({
      ...ports,
      // A process that is killed moves nothing more.
      moveTags: async (repository, moves) => {
        if (repository === name && moment === "before") dead = true;
        if (dead) throw new Error("killed");
        await ports.moveTags(repository, moves);
        dead = repository === name;
      },
    }));
    const moved = ALL.slice(0, ALL.indexOf(name) + (moment === "after" ? 1 : 0));
    const lines = Object.entries(showLines(world)).filter(([, tags]) => "v1" in tags);
    expect(lines.map(([repository]) => repository)).toEqual(moved);
    expect(await promoteWorld(world)).toEqual(RIGHT);
    expect(showLines(world)).toEqual(everyLine("v1.0.0", "v1.0"));
  },
);

test.each([
  ["and nothing moved, it says so", false, "are where they were. Promote again."],
  ["and the tags cannot be read, the others are promoted all the same", true, "could not be read."],
])("after a lost reply %s", async (_, unreadable, sentence) => {
  let lost = false;
  const { refusals } = await promoteWorld(world, (ports) => ({
    ...ports,
    readRefs: async (name) => {
      if (lost && unreadable && name === "claim") throw new Error("no network");
      return ports.readRefs(name);
    },
    moveTags: async (name, moves) => {
      lost = name === "claim";
      if (lost) throw new LostReply("The push failed.");
      await ports.moveTags(name, moves);
    },
  }));
  expect(refusals).toEqual([expect.stringContaining(sentence)]);
  expect(showLines(world)).toMatchObject({ claim: {}, repair: { v1: "v1.0.0" } });
});

test("promote.yml finds in the plan that something is due", () => {
  const text = readFileSync(join(REPOSITORY, ".github/workflows/promote.yml"), "utf8");
  const pattern = /grep -q "([^"]+)"/.exec(text)?.[1] ?? "(none)";
  const place = { owner: "acme", repository: "intake" };
  expect(words.moved(place, "v1", "1.0.0", true)).toContain(pattern);
  expect(words.moved(place, "v1", "1.0.0", false)).not.toContain(pattern);
});

test("after a lost reply it looks where the tags are, and does not complain if they moved", async () => {
  const result = await promoteWorld(world, (ports) => ({
    ...ports,
    moveTags: async (name, moves) => {
      await ports.moveTags(name, moves);
      throw new LostReply("The push failed.");
    },
  }));
  expect(result).toEqual(RIGHT);
  expect(showLines(world)).toEqual(everyLine("v1.0.0", "v1.0"));
});

test("a forged commit is named also if every tag is at it already", async () => {
  retag(world, ["action.yml", "runs: { using: node24, main: evil.js }\n"]);
  for (const tag of ["v1", "v1.0"]) world.repository("intake")(["tag", tag, "v1.0.0"]);
  const { refusals } = await promoteWorld(world);
  expect(refusals).toContainEqual(
    expect.stringMatching(/^v1 of patchpilot\/intake names v1\.0\.0, which is not proven\. .*differs/),
  );
});

test("a dry run moves nothing", async () => {
  expect(await promoteWorld(world, (ports) => ports, true)).toEqual(RIGHT);
  expect(showLines(world)).toEqual(NOWHERE);
});

test("an attested tree that is released again under a higher version is refused", async () => {
  const git = world.repository("intake");
  const said = git(["log", "-1", "--format=%B", "v1.0.0"]).toString().trim().replace("v1.0.0", "v1.9.9");
  const commit = git(["commit-tree", "v1.0.0^{tree}", "-F", "-"], `${said}\n`).toString().trim();
  git(["update-ref", "refs/tags/v1.9.9", commit]);
  const releases = world.github.releases.get("intake") ?? [];
  const [right] = releases;
  if (right !== undefined)
    world.github.releases.set("intake", [...releases, { ...right, id: 99, tag_name: "v1.9.9" }]);
  const { refusals } = await promoteWorld(world);
  expect(refusals).toEqual([expect.stringContaining("where the action has the version 1.0.0")]);
  expect(showLines(world)["intake"]).toEqual({ "v1.0": "v1.0.0" });
});
