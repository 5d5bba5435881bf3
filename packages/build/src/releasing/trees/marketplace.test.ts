import { expect, test } from "vitest";
import { stringify } from "yaml";
import { findBrokenRules, type Listing, MARKETPLACE_RULES, type TreeEntry } from "./marketplace.ts";

const file = (path: string, text = "x", kind: TreeEntry["kind"] = "file"): TreeEntry => ({
  path,
  kind,
  bytes: Buffer.from(text),
});

const METADATA = {
  name: "PatchPilot intake",
  description: "Accepts incidents.",
  author: "PatchPilot",
  branding: { icon: "inbox", color: "blue" },
  runs: { using: "node24", main: "dist/index.js" },
};
const FILES = ["README.md", "LICENSE", "SECURITY.md", "dist/index.js"].map((path) => file(path));

const list = (metadata: unknown, files: readonly TreeEntry[] = FILES): Listing => ({
  files: [file("action.yml", stringify(metadata)), ...files],
  owner: "acme-robotics",
  siblings: ["PatchPilot claim"],
});
const change = (changed: object): Listing => list({ ...METADATA, ...changed });
const add = (path: string, kind?: TreeEntry["kind"]): Listing =>
  list(METADATA, [...FILES, file(path, "x", kind)]);
const replace = (path: string, text?: string): Listing =>
  list(METADATA, [
    ...FILES.filter((each) => each.path !== path),
    ...(text === undefined ? [] : [file(path, text)]),
  ]);

test("a tree that keeps all rules breaks none", () => {
  expect(findBrokenRules(add("launcher/launcher-x64", "executable"))).toEqual([]);
});

/** Trees that break one rule each, by its name. */
const BROKEN: Readonly<Record<string, readonly Listing[]>> = {
  "one action.yml, at the root": [add("sub/action.yml"), add("action.yaml"), add("Action.yml")],
  "no workflow file": [add(".github/workflows/ci.yml")],
  "a name that nothing else has": [
    change({ name: "patchpilot CLAIM" }),
    change({ name: "Acme Robotics" }),
    change({ name: "Continuous Integration" }),
    change({ name: " " }),
    change({ name: undefined }),
  ],
  "a description shorter than 125 characters": [
    change({ description: "x".repeat(125) }),
    change({ description: "" }),
  ],
  "an author": [change({ author: undefined }), change({ author: " " })],
  "an icon that GitHub takes": ["coffee", "github", "stethoscope", undefined].map((icon) =>
    change({ branding: { icon, color: "blue" } }),
  ),
  "a colour that GitHub takes": ["pink", "#ffffff", undefined].map((color) =>
    change({ branding: { icon: "inbox", color } }),
  ),
  "a README": [replace("README.md"), replace("README.md", "\n")],
  "a LICENSE": [replace("LICENSE"), replace("LICENSE", "")],
  "runs on node24": ["node20", "composite", undefined].map((using) =>
    change({ runs: { using, main: "dist/index.js" } }),
  ),
  "what runs is there": [
    replace("dist/index.js"),
    replace("dist/index.js", ""),
    change({ runs: { using: "node24", main: "dist/main.js" } }),
  ],
  "no node_modules": [add("node_modules/zod/index.js"), add("dist/node_modules/zod/index.js")],
  "no symbolic link": [add("dist/link.js", "link")],
  "only the launcher is executable": [
    add("dist/run.sh", "executable"),
    add("launcher/launcher.c", "executable"),
  ],
  "at most 5 MB": [replace("LICENSE", "x".repeat(5_000_000))],
};

test.each(Object.keys(MARKETPLACE_RULES))("a tree that breaks the rule `%s` breaks no other", (name) => {
  expect(BROKEN[name]?.map((listing) => findBrokenRules(listing))).toEqual(BROKEN[name]?.map(() => [name]));
  expect(BROKEN[name]?.length).toBeGreaterThan(0);
});

test("a description of 124 characters is short enough", () => {
  expect(findBrokenRules(change({ description: "x".repeat(124) }))).toEqual([]);
});

test("an action.yml that is no YAML breaks every rule about what it says", () => {
  const listing = { ...list(METADATA), files: [file("action.yml", "name: [\n"), ...FILES] };
  expect(findBrokenRules(listing)).toEqual([
    "a name that nothing else has",
    "a description shorter than 125 characters",
    "an author",
    "an icon that GitHub takes",
    "a colour that GitHub takes",
    "runs on node24",
    "what runs is there",
  ]);
});
