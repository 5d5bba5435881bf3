import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OWNER } from "@patchpilot/owner";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { findBrokenRules, MARKETPLACE_RULES, type TreeEntry } from "../../src/releasing/trees/marketplace.ts";
import { findOwners, findProductNames } from "../support/find-names.ts";
import { readTree } from "../support/read-tree.ts";
import { ACTIONS, releaseFor, releaseHere } from "../support/release-for.ts";

const ACME = "acme-robotics";
const root = mkdtempSync(join(tmpdir(), "releases-"));
const own = join(root, "own");
const acme = join(root, "acme");

beforeAll(async () => {
  await releaseHere(own);
  await releaseFor(ACME, join(root, "copy"), acme);
});
afterAll(() => rmSync(root, { recursive: true }));

const readTitle = (files: readonly TreeEntry[]): string => String(parse(textOf(files, "action.yml"))["name"]);
const textOf = (files: readonly TreeEntry[], path: string): string =>
  files.find((file) => file.path === path)?.bytes.toString("utf8") ?? "";

describe.each(ACTIONS)("the release of `%s`", (action) => {
  test.each(Object.keys(MARKETPLACE_RULES))("keeps the Marketplace's rule: %s", (rule) => {
    const others = ACTIONS.filter((name) => name !== action);
    const siblings = others.map((name) => readTitle(readTree(join(own, name))));
    const files = readTree(join(own, action));
    expect(findBrokenRules({ files, owner: OWNER, siblings })).not.toContain(rule);
  });

  test("loads each of its scripts without node_modules", () => {
    const chunks = readTree(join(own, action, "dist")).filter(({ path }) => path.endsWith(".index.js"));
    const load = `for (const path of process.argv.slice(1)) await import(path);`;
    const paths = chunks.map(({ path }) => join(own, action, "dist", path));
    const run = ["--input-type=module", "--eval", load, ...paths];
    expect(chunks.length).toBeGreaterThan(0);
    expect(execFileSync(process.execPath, run, { cwd: root, encoding: "utf8" })).toBe("");
  });

  test("asks for no module but Node's own", () => {
    const scripts = readTree(join(own, action)).filter(({ path }) => path.endsWith(".js"));
    const asked = scripts.flatMap(({ bytes }) => findModules(bytes.toString("utf8")));
    expect(asked).toContain("node:module");
    expect(asked.filter((name) => !isBuiltin(name))).toEqual([]);
  });

  test("names no account but the owner's", () => {
    expect(findOwners(readTree(join(own, action)), ACTIONS)).toEqual([OWNER]);
    expect(findOwners(readTree(join(acme, action)), ACTIONS)).toEqual([ACME]);
  });

  test(`differs in nothing but the owner if ${ACME} publishes it`, () => {
    const renamed = readTree(join(acme, action)).map((file) => ({ ...file, bytes: rename(file.bytes) }));
    expect(renamed.map(({ path }) => path)).toEqual(readTree(join(own, action)).map(({ path }) => path));
    for (const file of readTree(join(own, action)))
      expect(renamed.find(({ path }) => path === file.path)?.bytes.equals(file.bytes), file.path).toBe(true);
  });
});

/** Bytes of a launcher are no text. */
const rename = (bytes: Buffer): Buffer =>
  bytes.includes(ACME) ? Buffer.from(bytes.toString("utf8").replaceAll(ACME, OWNER)) : bytes;

/** What a script of a bundle imports, and what it asks Node for as it runs. */
const findModules = (script: string): string[] =>
  [
    ...script.matchAll(/(?:\bfrom|\bimport)\s*["']([\w@:/.-]+)["']/g),
    ...script.matchAll(/\(import\.meta\.url\)\([`"']([^`"']+)[`"']\)/g),
  ].map(([, name = ""]) => name);

describe.each(["labels", "refs", "branches", "files", "variables", "events"] as const)(
  "the product's %s",
  (kind) => {
    test("are the same for every owner", () => {
      const names = findProductNames(readTree(own))[kind];
      expect(names.length).toBeGreaterThan(0);
      expect(findProductNames(readTree(acme))[kind]).toEqual(names);
    });
  },
);

test("the product's names are those that users know", () => {
  expect(findProductNames(readTree(acme))).toMatchObject({
    labels: expect.arrayContaining(["patchpilot:take-on", "patchpilot:hold", "patchpilot:needs-human"]),
    refs: expect.arrayContaining(["refs/patchpilot/claims", "refs/patchpilot/index"]),
    files: expect.arrayContaining([".github/patchpilot.yml", "patchpilot-repair.yml"]),
    variables: expect.arrayContaining(["PATCHPILOT_AGENT"]),
    events: expect.arrayContaining(["patchpilot-repair"]),
  });
});
