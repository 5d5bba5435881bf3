import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testGit } from "@patchpilot/git/testing";
import { OWNER, REPOSITORY_NAME } from "@patchpilot/owner";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openAuthority } from "./releasing/attestation/testing/authority.ts";
import { attestedRelease } from "./releasing/attestation/testing/statement.ts";
import { makeSmallSource, SMALL_RELEASE } from "./releasing/check/testing/small-source.ts";
import { writeReleaseMessage } from "./releasing/commits/release-message.ts";
import { digestDist, digestFiles } from "./releasing/trees/tree-digest.ts";

const COMMAND = fileURLToPath(new URL("check-release.ts", import.meta.url));

let folder: string;
let sha: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "check-release-test-"));
  const commit = makeSmallSource(join(folder, "source")).commit();
  sha = release(commit, "v1.0.0", SMALL_RELEASE);
  const files = digestFiles(join(folder, "v1.0.0"));
  release(commit, "v1.0.1", { ...SMALL_RELEASE, "dist/index.js": "evil\n" });
  const authority = await openAuthority();
  const bundle = await authority.attest(attestedRelease({ owner: OWNER, action: "intake", commit, files }));
  writeFileSync(join(folder, "bundle.json"), JSON.stringify(bundle));
  writeFileSync(join(folder, "root.json"), JSON.stringify(authority.root));
  writeFileSync(join(folder, "other.json"), JSON.stringify((await openAuthority()).root));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Commits a release to the repository beside the source, and gives the commit's SHA. */
function release(commit: string, tag: string, files: Readonly<Record<string, string>>): string {
  const tree = join(folder, tag);
  mkdirSync(join(tree, "dist"), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(tree, path), text);
  chmodSync(join(tree, "dist/index.js"), 0o755);
  const message = writeReleaseMessage({
    repository: "intake",
    version: tag.slice(1),
    source: { repository: `${OWNER}/${REPOSITORY_NAME}`, commit },
    dist: digestDist(tree),
  });
  const git = testGit(tree, { GIT_DIR: join(folder, "intake.git"), GIT_WORK_TREE: tree });
  git(["init", "--quiet"]);
  git(["add", "--all"]);
  git(["commit", "--quiet", "--message", message]);
  git(["tag", tag]);
  return git(["rev-parse", "HEAD"]).toString().trim();
}

/** @returns the exit status and what was printed */
function check(ref: string, ...options: readonly string[]): Promise<{ status: number; output: string }> {
  const place = [join(folder, "intake.git"), ref, "--source", join(folder, "source")];
  const { GITHUB_TOKEN: _, GH_TOKEN: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--conditions=source", COMMAND, ...place, ...options],
      { env },
      (error, stdout, stderr) => resolve({ status: error === null ? 0 : 1, output: stdout + stderr }),
    );
  });
}
const attested = (root = "root.json") => [
  "--bundle",
  join(folder, "bundle.json"),
  "--trusted-root",
  join(folder, root),
];

test("a release is proven by its tag and by its SHA", async () => {
  for (const ref of ["v1.0.0", sha]) {
    const { status, output } = await check(ref, ...attested());
    expect([status, output.trimEnd().split("\n").at(-1)]).toEqual([0, "intake v1.0.0 is proven."]);
  }
});

test("a forged release is refused by its attestation, and by the rebuild alone", async () => {
  expect(await check("v1.0.1", ...attested())).toMatchObject({
    status: 1,
    output: expect.stringContaining("intake/dist/index.js differs from what was attested."),
  });
  expect(await check("v1.0.1", "--without-attestation")).toMatchObject({
    status: 1,
    output: expect.stringContaining("dist/index.js differs: SHA-256"),
  });
});

test("an attestation from another authority is refused", async () => {
  expect(await check("v1.0.0", ...attested("other.json"))).toMatchObject({
    status: 1,
    output: expect.stringContaining("Attestation: refused. The attestation cannot be trusted:"),
  });
});

test("without a token and a file the rebuild alone is proven, and that fails", async () => {
  const { status, output } = await check("v1.0.0");
  expect(status).toBe(1);
  expect(output).toContain(
    "Attestation: not proven. GitHub shows attestations to accounts. Set GITHUB_TOKEN",
  );
  expect(output).toContain("intake v1.0.0 is what its commit builds.");
});

test("a tag that is not there is named", async () => {
  expect(await check("v9.9.9")).toMatchObject({ status: 1, output: expect.stringContaining("v9.9.9") });
});
