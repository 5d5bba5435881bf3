import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { collectLicenses, findBundledPackages } from "./bundled-packages.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bundled-"));
  const files = {
    "node_modules/one/package.json": '{ "name": "one", "version": "1.0.0", "license": "MIT" }',
    "node_modules/one/LICENSE.md": "One's licence.\n",
    "node_modules/one/esm/package.json": '{ "type": "module" }',
    "node_modules/@group/two/package.json": '{ "name": "@group/two", "version": "2.0.0" }',
    "packages/own/package.json": '{ "name": "own" }',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (path: string) => ({ resource: join(folder, path) });

/** What webpack says of modules; the last one got into no chunk. */
function find(...modules: readonly ({ resource: string } | { modules: readonly { resource: string }[] })[]) {
  const dropped = at("node_modules/gone/index.js");
  const getNumberOfModuleChunks = (module: object): number => (module === dropped ? 0 : 1);
  return findBundledPackages({
    compilation: { modules: [...modules, dropped], chunkGraph: { getNumberOfModuleChunks } },
  });
}

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
