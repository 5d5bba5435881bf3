import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BUNDLED_PACKAGES } from "../../src/bundling/bundled-packages.ts";
import { openAuthority } from "../../src/releasing/attestation/testing/authority.ts";
import { attestVersion, publishAll } from "../../src/releasing/promote/testing/promote-world.ts";
import { FAKE_TOKEN } from "../../src/releasing/publish/testing/fake-github.ts";
import { askRemote, releaseWorld, showWorld } from "../../src/releasing/publish/testing/play-release.ts";
import { type ReleaseWorld, surround } from "../../src/releasing/publish/testing/release-world.ts";
import type { Monorepo } from "../../src/releasing/publish/testing/small-monorepo.ts";
import { readReleaseSource } from "../../src/releasing/release-source.ts";
import { listReleaseSums } from "../../src/releasing/release-sums.ts";
import { digestDist } from "../../src/releasing/trees/tree-digest.ts";
import { actionFolders, REPOSITORY } from "../../src/repository.ts";
import { makeCheckout } from "../support/make-checkout.ts";

const ACTIONS = actionFolders().map((folder) => basename(folder));
const root = mkdtempSync(join(tmpdir(), "release-all-"));
const folder = join(root, "monorepo");
const PROMOTE = join(REPOSITORY, "packages/build/src/promote.ts");
let world: ReleaseWorld<Monorepo>;

beforeAll(async () => {
  world = await surround(root, makeCheckout(folder, "1.0.0"));
  expect(await releaseWorld(world)).toMatchObject({ refusals: [], notices: [] });
});
afterAll(async () => {
  await world.close();
  rmSync(root, { recursive: true, force: true });
});

test("every action and the monorepo are released, and a second set of repositories gets the same", async () => {
  const other = await world.beside();
  await releaseWorld(other);
  expect(Object.keys(showWorld(world))).toEqual([...ACTIONS, "patchpilot"].sort());
  expect(showWorld(other)).toEqual(showWorld(world));
  await other.close();
});

test.each(ACTIONS)(
  "the release of `%s` carries the bundle that is built here, and says its digest",
  (action) => {
    const message = askRemote(world, action, "log", "-1", "--format=%B", "v1.0.0");
    expect(message).toContain(`Dist-SHA256: ${digestDist(join(REPOSITORY, "actions", action))}`);
  },
);

test.each(ACTIONS)("CycloneDX's schema accepts what the draft of `%s` says is bundled", async (action) => {
  const [asset] = world.github.releases.get(action)?.[0]?.assets ?? [];
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(asset?.content ?? "")).toBeNull();
});

test.each(ACTIONS)("`%s` ships the licence of each package that it bundles", (action) => {
  const read = (path: string) => readFileSync(join(REPOSITORY, "actions", action, path), "utf8");
  const packages = JSON.parse(read(BUNDLED_PACKAGES)) as { name: string }[];
  const lines = read("dist/licenses.txt").split("\n");
  expect(packages.map(({ name }) => name).filter((name) => !lines.includes(name))).toEqual([]);
  expect(packages.length).toBeGreaterThan(0);
});

test("every program of a release is executable", () => {
  const modes = askRemote(world, "repair", "ls-tree", "-r", "--format=%(objectmode) %(path)", "v1.0.0").split(
    "\n",
  );
  expect(modes).toEqual(
    expect.arrayContaining(["100755 launcher/launcher-x64", "100755 launcher/launcher-arm64"]),
  );
});

test("one attestation can name every file of every release", async () => {
  const sums = listReleaseSums(await readReleaseSource(folder))
    .trimEnd()
    .split("\n");
  expect(sums).toContainEqual(expect.stringMatching(/^[0-9a-f]{64} {2}intake\/action\.yml$/));
  // GitHub's limit.
  expect(sums.length).toBeLessThanOrEqual(1024);
});

test("npm run promote moves the tags of every action and of the monorepo to what is attested", async () => {
  const authority = await openAuthority();
  const trustedRoot = join(root, "trusted-root.json");
  writeFileSync(trustedRoot, JSON.stringify(authority.root));
  publishAll(world);
  for (const action of ACTIONS) await attestVersion(world, authority, [action, "1.0.0"]);
  const remote = pathToFileURL(world.remotes).href;
  const args = ["--conditions=source", PROMOTE, "--remote", remote, "--trusted-root", trustedRoot];
  const env = { PATH: process.env["PATH"], GITHUB_API_URL: world.github.api, RELEASE_TOKEN: FAKE_TOKEN };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  const moved = [...ACTIONS, "patchpilot"].flatMap((name) => [
    `v1 of patchpilot/${name} is now v1.0.0`,
    `v1.0 of patchpilot/${name} is now v1.0.0`,
  ]);
  expect(stdout.trim().split("\n")).toEqual(moved);
  expect(askRemote(world, "intake", "rev-parse", "v1")).toBe(
    askRemote(world, "intake", "rev-parse", "v1.0.0"),
  );
});
