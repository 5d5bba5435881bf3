import { expect, test } from "vitest";
import { makePart } from "./part.ts";
import { writeSetup } from "./write-setup.ts";

const part = (folder: string, setup: string | undefined, more: object = {}) =>
  makePart({ folder, language: "Python", source: "x", setup, test: "t", ...more });

test("parts are set up one after the other, each in its folder", () => {
  const parts = [part("", "a"), part("it's", "b\nc")];
  expect(writeSetup(parts)?.command).toBe("a\n(cd 'it'\\''s'\nb\nc)");
});

test("a program that is not there is brought before, and one that nothing brings is not asked for", () => {
  const needs = [{ program: "npm" }, { program: "pnpm", install: "bring it" }];
  expect(writeSetup([part("", "a", { needs })])?.prepare).toBe(
    'command -v pnpm >/dev/null 2>&1 || { mkdir -p "$PATCHPILOT_TOOLS/bin"; bring it; }',
  );
});

test("a program of another version than the one that is needed is brought, too", () => {
  const needs = [{ program: "yarn", install: "bring it", major: "4" }];
  expect(writeSetup([part("", "a", { needs })])?.prepare).toBe(
    'case "$(yarn --version 2>/dev/null)" in 4.*) ;; *) { mkdir -p "$PATCHPILOT_TOOLS/bin"; bring it; } ;; esac',
  );
});

test("where nothing is to be done there is no setup", () => {
  expect(writeSetup([part("", undefined)])).toBeUndefined();
});
