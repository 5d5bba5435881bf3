import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { FAKE_TOKEN } from "./releasing/publish/testing/fake-github.ts";
import {
  askRemote,
  FIRST_WRITES,
  releaseWorld,
  showWorld,
} from "./releasing/publish/testing/play-release.ts";
import { makeReleaseWorld, type ReleaseWorld } from "./releasing/publish/testing/release-world.ts";

const SCRIPT = fileURLToPath(new URL("release.ts", import.meta.url));

let undisturbed: ReleaseWorld;
beforeAll(async () => {
  undisturbed = await makeReleaseWorld();
  await releaseWorld(undisturbed);
});
afterAll(() => undisturbed.close());

let world: ReleaseWorld;
beforeEach(async () => {
  world = await makeReleaseWorld();
});
afterEach(() => world.close());

function start(args: readonly string[], token = FAKE_TOKEN): ChildProcess {
  const where = ["--source", world.monorepo.folder, "--remote", pathToFileURL(world.remotes).href];
  const env = { PATH: process.env["PATH"], GITHUB_API_URL: world.github.api, RELEASE_TOKEN: token };
  return spawn(process.execPath, ["--conditions=source", SCRIPT, ...where, ...args], { env });
}

/** How a command ended: its exit status or signal, and what it printed. */
async function finish(child: ChildProcess) {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("no output");
  const [output, complaint, [code, signal]] = await Promise.all([
    text(stdout),
    text(stderr),
    once(child, "close"),
  ]);
  return { end: (signal ?? code) as string | number, output, complaint };
}

test("a release prints a line for each write, and where the drafts are", async () => {
  const { end, output, complaint } = await finish(start([]));
  const drafts = ["claim", "intake", "repair", "patchpilot"].map(
    (name) => `Publish the draft: https://github.com/patchpilot/${name}/releases`,
  );
  expect({ end, complaint, lines: output.trim().split("\n") }).toEqual({
    end: 0,
    complaint: "",
    lines: [...FIRST_WRITES, ...drafts],
  });
});

test.each(["POST claim/releases", "POST intake/2/assets", "POST patchpilot/releases"])(
  "killed while GitHub answers %s, a release continues where it was",
  async (request) => {
    const killed = start([]);
    world.github.fate = (arrived) => {
      const isIt = arrived.replace(/\/\d+\//, "/2/") === request;
      if (isIt) killed.kill("SIGKILL");
      return isIt ? "hang" : "answer";
    };
    expect((await finish(killed)).end).toBe("SIGKILL");
    world.github.fate = () => "answer";
    const { end, output } = await finish(start([]));
    expect(end).toBe(0);
    expect(output).not.toContain("push claim");
    expect(showWorld(world)).toEqual(showWorld(undisturbed));
  },
);

test("a dry run names what it would release and writes nothing", async () => {
  const before = showWorld(world);
  const { end, output } = await finish(start(["--dry-run"]));
  expect(end).toBe(0);
  expect(output).toMatch(/^(would release (claim|intake|repair|patchpilot) v1\.0\.0 as [0-9a-f]{40}\n){4}$/);
  expect(showWorld(world)).toEqual(before);
  expect(world.github.writes).toEqual([]);
});

test("the sums are those of the files that a release pushes", async () => {
  const { output } = await finish(start(["--sums"]));
  await finish(start([]));
  const names = ["claim", "intake", "repair"].flatMap((action) =>
    askRemote(world, action, "ls-tree", "-r", "--name-only", "v1.0.0")
      .split("\n")
      .map((path) => `${action}/${path}`),
  );
  const lines = output.trimEnd().split("\n");
  expect(lines.map((line) => line.replace(/^[0-9a-f]{64} {2}/, ""))).toEqual(names.sort());
});

test("the repositories are the actions and the monorepo", async () => {
  const { output } = await finish(start(["--repositories"]));
  expect(output).toBe("claim\nintake\nrepair\npatchpilot\n");
});

test.each([
  [
    "changes that are in no commit",
    () => writeFileSync(join(world.monorepo.folder, "LICENSE"), "GPL\n"),
    /^The checkout holds changes that are in no commit \(M LICENSE\)/,
  ],
  [
    "a file that git does not know",
    () => writeFileSync(join(world.monorepo.folder, "actions/claim/action.yaml"), ""),
    /^The checkout holds changes that are in no commit \(\?\? actions\/claim\/action\.yaml\)/,
  ],
  [
    "an action that is not built",
    () => rmSync(join(world.monorepo.folder, "actions/intake/dist"), { recursive: true }),
    /intake\/dist is missing; run `npm run generate` and `npm run build`/,
  ],
])("%s is refused in one sentence", async (_, spoil, sentence) => {
  spoil();
  const before = showWorld(world);
  const { end, output, complaint } = await finish(start([]));
  expect([end, output]).toEqual([1, ""]);
  expect(complaint).toMatch(sentence);
  expect(complaint.trimEnd().split("\n")).toHaveLength(1);
  expect(showWorld(world)).toEqual(before);
});

test("without a token a release ends before it asks anybody", async () => {
  const { end, complaint } = await finish(start([], ""));
  expect(end).toBe(1);
  expect(complaint).toMatch(/^RELEASE_TOKEN is empty or has blanks\. Set it to a token/);
});

test("a token that GitHub refuses is not repeated", async () => {
  const { end, output, complaint } = await finish(start([], "ghs_wrong"));
  expect(end).toBe(1);
  expect(complaint).toMatch(
    /^GitHub could not read the releases of patchpilot\/claim \(401: Bad credentials\)/,
  );
  expect(output + complaint).not.toContain("ghs_wrong");
});
