import { expect, test } from "vitest";
import { readScripts, spellOutScripts } from "./named-scripts.ts";

const MANIFEST = JSON.stringify({
  scripts: {
    pretest: "tsc",
    test: "run-s unit 'lint'",
    unit: "node scripts/unit.js",
    lint: "eslint",
    start: "node app.js",
    postinstall: "node scripts/patch.js",
  },
});

test("a command is spelt out with the scripts that it leads to, and those that run by themselves", () => {
  expect(spellOutScripts(["npm test"], readScripts(MANIFEST, undefined)).sort()).toEqual(
    [
      "npm test",
      "tsc",
      "run-s unit 'lint'",
      "node scripts/unit.js",
      "eslint",
      "node scripts/patch.js",
    ].sort(),
  );
});

test("a target of a Makefile is spelt out with what it needs, and no other", () => {
  const makefile = "X := 1\ntest: build all\n\tci/run --fast\nbuild:\n\tgo build\ndeploy:\n\tci/deploy\n";
  const spelt = spellOutScripts(["make test"], readScripts(undefined, makefile));
  expect(spelt).toEqual(expect.arrayContaining(["ci/run --fast", "go build"]));
  expect(spelt).not.toContain("ci/deploy");
});

test("scripts that name each other come to an end", () => {
  const manifest = JSON.stringify({ scripts: { test: "npm run a", a: "npm test" } });
  expect(spellOutScripts(["npm test"], readScripts(manifest, undefined))).toEqual([
    "npm test",
    "npm run a",
    "npm test",
  ]);
});

test.each(["{", "[]", '{"scripts": null}', '{"scripts": {"test": 1}}'])(
  "a manifest like %s has no scripts",
  (manifest) => {
    expect(readScripts(manifest, undefined).size).toBe(0);
  },
);
