import { expect, test } from "vitest";
import { parseSource } from "../sources/parse-source.ts";
import { findRoomFaults } from "./find-room-faults.ts";
import type { RoomRule } from "./room-fault.ts";

const EXPORTED = new Map([
  ["@patchpilot/sentry", "packages/sentry/src/index.ts"],
  ["@patchpilot/evidence", "packages/evidence/src/index.ts"],
]);

/** A room with its furniture and these files in place of, or besides, its own. */
function room(files: Readonly<Record<string, string>>): Map<RoomRule, number> {
  const furniture = ["contract", "main", "run", "ports", "connect"].map((name) => [
    `actions/impact/src/${name}.ts`,
    "",
  ]);
  const others = {
    "packages/sentry/src/index.ts": "export const ask = 1; export type Answer = string;",
    "packages/evidence/src/index.ts": "export const clean = 1;",
  };
  const texts = { ...Object.fromEntries(furniture), ...others, ...files } as Record<string, string>;
  const sources = Object.entries(texts).map(([path, text]) => parseSource({ path, text }));
  const faults = Map.groupBy(findRoomFaults(sources, EXPORTED), ({ rule }) => rule);
  return new Map([...faults].map(([rule, found]) => [rule, found.length]));
}

const broken: [string, RoomRule, Record<string, string>][] = [
  [
    "types in a circle",
    "no circle",
    {
      "actions/impact/src/read.ts": 'import type { A } from "./facts.ts";',
      "actions/impact/src/facts.ts": 'import type { B } from "./read.ts";',
    },
  ],
  [
    "a package that imports its own index",
    "no own index",
    { "packages/sentry/src/state/errors.ts": 'import type { Answer } from "../index.ts";' },
  ],
  [
    "a package that imports itself by name",
    "no own index",
    { "packages/sentry/src/errors.ts": 'import { ask } from "@patchpilot/sentry";' },
  ],
  [
    "ports that import a value",
    "ports are types",
    { "actions/impact/src/ports.ts": 'import { ask } from "@patchpilot/sentry";' },
  ],
  [
    "ports that hold a value",
    "ports are types",
    { "actions/impact/src/ports.ts": "export const connect = 1;" },
  ],
  [
    "a decision that imports a type of its ports",
    "decisions are pure",
    { "actions/impact/src/decide.ts": 'import type { Ports } from "./ports.ts";' },
  ],
  [
    "a decision that imports a type of a client",
    "decisions are pure",
    { "actions/impact/src/decide-window.ts": 'import type { Answer } from "@patchpilot/sentry";' },
  ],
  [
    "a decision that reads a file",
    "decisions are pure",
    { "actions/impact/src/decide/window.ts": 'import { readFileSync } from "node:fs";' },
  ],
  [
    "words that reach a client by way of another file",
    "decisions are pure",
    {
      "actions/impact/src/words.ts": 'import { x } from "./facts.ts";',
      "actions/impact/src/facts.ts": 'import { ask } from "@patchpilot/sentry"; export const x = ask;',
    },
  ],
  ["a file named by nothing that happens", "file names", { "actions/impact/src/settle.ts": "" }],
  ["a folder named by nothing that happens", "file names", { "actions/impact/src/gathering/window.ts": "" }],
];

test.each(broken)("%s is found", (_, rule, files) => {
  expect([...room(files)]).toEqual([[rule, 1]]);
});

test("an action without a piece of its furniture is found", () => {
  const paths = ["contract", "main", "run", "ports"].map((name) => `actions/claim/src/${name}.ts`);
  const sources = paths.map((path) => parseSource({ path, text: "" }));
  expect(findRoomFaults(sources, EXPORTED)).toEqual([
    { rule: "furniture", sentence: expect.stringContaining("actions/claim/src has no connect.ts") },
  ]);
});

test("a tidy room has no fault", () => {
  expect([
    ...room({
      "actions/impact/src/ports.ts":
        'import type { Answer } from "@patchpilot/sentry"; export type A = Answer;',
      "actions/impact/src/connect.ts":
        'import { ask } from "@patchpilot/sentry"; export const connect = ask;',
      "actions/impact/src/read-window.ts": 'import type { A } from "./ports.ts"; export type Window = A;',
      "actions/impact/src/decide.ts":
        'import { isIP } from "node:net"; import { clean } from "@patchpilot/evidence"; import type { Window } from "./read-window.ts";',
      "actions/impact/src/words/window.ts": 'import { clean } from "@patchpilot/evidence";',
    }),
  ]).toEqual([]);
});
