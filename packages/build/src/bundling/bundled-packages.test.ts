import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { collectLicenses, findBundledPackages, findNotices } from "./bundled-packages.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bundled-"));
  const files = {
    "node_modules/one/package.json": '{ "name": "one", "version": "1.0.0", "license": "MIT" }',
    "node_modules/one/LICENSE.md": "One's licence.\n",
    "node_modules/one/esm/package.json": '{ "type": "module" }',
    "node_modules/@group/two/package.json": '{ "name": "@group/two", "version": "2.0.0" }',
    "packages/own/package.json": '{ "name": "own" }',
    "packages/own/src/rules/theirs.LICENSE.txt": "Their licence.\n",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (path: string) => ({ resource: join(folder, path) });

type Module = { resource: string } | { modules: readonly { resource: string }[] };

/** What webpack says of modules; the last one got into no chunk. */
function statsOf(...modules: readonly Module[]) {
  const dropped = at("node_modules/gone/index.js");
  const getNumberOfModuleChunks = (module: object): number => (module === dropped ? 0 : 1);
  return { compilation: { modules: [...modules, dropped], chunkGraph: { getNumberOfModuleChunks } } };
}

const find = (...modules: readonly Module[]) => findBundledPackages(statsOf(...modules));

test("packages are found by their modules, joined ones too, once each and sorted", () => {
  const joined = { modules: [at("node_modules/one/esm/a.js"), at("packages/own/lib/b.js")] };
  expect(find(joined, at("node_modules/one/index.js"), at("node_modules/@group/two/lib/c.js"))).toEqual([
    { name: "@group/two", version: "2.0.0", folder: join(folder, "node_modules/@group/two") },
    { name: "one", version: "1.0.0", license: "MIT", folder: join(folder, "node_modules/one") },
  ]);
});

test("licences are listed with their texts", () => {
  const packages = find(at("node_modules/@group/two/lib/c.js"), at("node_modules/one/index.js"));
  expect(collectLicenses(packages)).toBe("@group/two\nno licence named\n\none\nMIT\nOne's licence.\n");
});

test("data of others brings its licence, and none comes without the data", () => {
  const own = [at("packages/own/lib/rules/theirs.js"), at("packages/own/lib/rules/ours.js")];
  expect(findNotices(statsOf(...own))).toEqual(["theirs\nTheir licence.\n"]);
  expect(findNotices(statsOf(at("packages/own/lib/rules/ours.js")))).toEqual([]);
});
