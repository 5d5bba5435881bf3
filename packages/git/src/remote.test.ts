import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { callGit, git } from "./call-git.ts";
import { testGit } from "./testing/test-git.ts";

const TOKEN = "ghs_0123456789abcdef";
const PATH = process.env["PATH"] ?? "";

let folder: string;
let bare: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "remote-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  testGit(folder)(["init", "--quiet", "--bare", "far.git"]);
  bare = pathToFileURL(join(folder, "far.git")).href;
});

const files = () => ({ prefix: `${pathToFileURL(folder).href}/` });

/** A git of which the test sees what it was given: arguments on stdout, environment on stderr. */
function tellingGit(): string {
  writeFileSync(join(folder, "git"), '#!/bin/sh\necho "$@"\n/usr/bin/env >&2\nexit 1\n');
  chmodSync(join(folder, "git"), 0o755);
  return folder;
}

test("without a remote git reaches not even a folder by its address", async () => {
  const { code, complaint } = await callGit({ cwd: folder, path: PATH }, ["ls-remote", bare]);
  expect(code).not.toBe(0);
  expect(complaint).toContain("transport 'file' not allowed");
});

test("with a remote git reaches it", async () => {
  const place = { cwd: folder, path: PATH, remote: files() };
  await expect(git(place, ["ls-remote", bare])).resolves.toBeDefined();
});

test("a remote by https does not allow files, nor files http", async () => {
  const secure = { cwd: folder, path: PATH, remote: { prefix: "https://example.invalid/" } };
  expect((await callGit(secure, ["ls-remote", bare])).complaint).toContain("transport 'file' not allowed");
  const local = { cwd: folder, path: PATH, remote: files() };
  const reply = await callGit(local, ["ls-remote", "http://127.0.0.1:1/x"]);
  expect(reply.complaint).toContain("transport 'http' not allowed");
});

test.each(["http://example.com/", "ssh://git@example.com/", "ext::sh -c id"])(
  "the prefix %s is refused",
  async (prefix) => {
    const call = callGit({ cwd: folder, path: PATH, remote: { prefix } }, ["ls-remote", bare]);
    await expect(call).rejects.toThrow("git may not reach a remote by");
  },
);

test("credentials in the prefix are refused, without naming them", async () => {
  const remote = { prefix: `https://x:${TOKEN}@example.com/` };
  const call = callGit({ cwd: folder, path: PATH, remote }, ["version"]);
  await expect(call).rejects.toThrow(/^(?!.*ghs_).*has credentials in it/);
});

test("the token goes by environment, for the prefix alone, and never by arguments", async () => {
  const remote = { prefix: "https://github.com/acme/", token: TOKEN };
  const { output, complaint } = await callGit({ cwd: folder, path: tellingGit(), remote }, ["fetch"]);
  const encoded = Buffer.from(`x-access-token:${TOKEN}`).toString("base64");
  expect(output.toString()).not.toMatch(new RegExp(`${TOKEN}|${encoded}`));
  expect(complaint).toContain("=http.https://github.com/acme/.extraheader");
  expect(complaint).toContain("=AUTHORIZATION: basic ***");
});

/** The header that git would send to an address. */
async function askHeader(address: string): Promise<string> {
  const remote = { prefix: "https://github.com/acme/", token: TOKEN };
  const ask = ["config", "--get-urlmatch", "http.extraheader", address];
  return (await callGit({ cwd: folder, path: PATH, remote }, ask)).output.toString();
}

test("git would send the token below the prefix, and to no address beside it", async () => {
  expect(await askHeader("https://github.com/acme/intake")).toMatch(/^AUTHORIZATION: basic /);
  expect(await askHeader("https://github.com/acme-evil/intake")).toBe("");
  expect(await askHeader("https://github.com.evil.example/acme/intake")).toBe("");
  expect(await askHeader("http://github.com/acme/intake")).toBe("");
});

test("whatever git complains of, an error does not hold the token", async () => {
  const place = { cwd: folder, path: folder, remote: { prefix: "https://github.com/acme/", token: TOKEN } };
  const encoded = Buffer.from(`x-access-token:${TOKEN}`).toString("base64");
  writeFileSync(join(folder, "git"), `#!/bin/sh\necho "fatal: sent ${TOKEN} as ${encoded}" >&2\nexit 1\n`);
  chmodSync(join(folder, "git"), 0o755);
  await expect(git(place, ["push"])).rejects.toThrow("git push failed: sent *** as ***.");
});
