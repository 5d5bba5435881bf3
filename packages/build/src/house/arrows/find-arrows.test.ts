import { expect, test } from "vitest";
import { REPOSITORY } from "../../repository.ts";
import { parseSource } from "../sources/parse-source.ts";
import { findForbiddenArrows } from "./find-arrows.ts";
import { readWorkspaces, type Workspace } from "./read-workspaces.ts";

test("no package.json and no source of this repository holds a forbidden arrow", () => {
  const workspaces = readWorkspaces(REPOSITORY);
  expect(workspaces.length).toBeGreaterThan(15);
  expect(findForbiddenArrows(workspaces)).toEqual([]);
});

const workspace = (
  kind: Workspace["kind"],
  name: string,
  text: string,
  dependencies: string[] = [],
): Workspace => ({
  kind,
  name,
  folder: `${kind}/${name}`,
  description: "",
  dependencies,
  testDependencies: [],
  sources: [parseSource({ path: "src/run.ts", text })],
});

const forbidden: [string, Workspace][] = [
  [
    "an action that imports an action",
    workspace("action", "impact", 'import { run } from "@patchpilot/action-intake/contract";'),
  ],
  [
    "an action that reaches into another folder",
    workspace("action", "impact", 'import { run } from "../../intake/src/run.ts";'),
  ],
  ["an action that lists a simulator", workspace("action", "impact", "", ["@patchpilot/simulators"])],
  [
    "an action that imports the runner's toolkit",
    workspace("action", "impact", 'import * as core from "@actions/core";'),
  ],
  ["an action that reads the environment", workspace("action", "impact", "const token = process.env.TOKEN;")],
  ["an action that calls Octokit", workspace("action", "impact", 'await import("@octokit/rest");')],
  [
    "a provider that knows another provider",
    workspace("package", "sentry", 'export { x } from "@patchpilot/github";'),
  ],
  [
    "a decision that knows a provider",
    workspace("package", "verdict", 'import type { Sentry } from "@patchpilot/sentry";'),
  ],
  [
    "a decision that reads a file",
    workspace("package", "incident", 'import { readFileSync } from "node:fs";'),
  ],
  ["a foundation that knows another", workspace("package", "time", "", ["@patchpilot/optional"])],
  ["a ledger that knows Sentry", workspace("package", "ledger", "", ["@patchpilot/sentry"])],
  ["a builder that knows the rig", workspace("package", "build", "", ["@patchpilot/runner"])],
];

test.each(forbidden)("%s is refused", (_, wrong) => {
  expect(findForbiddenArrows([wrong])).toHaveLength(1);
});

const allowed: [string, Workspace][] = [
  [
    "an action that imports packages",
    workspace("action", "impact", 'import { x } from "@patchpilot/posthog";'),
  ],
  [
    "a decision that imports the foundations",
    workspace("package", "incident", 'import { HOUR } from "@patchpilot/time";', ["@patchpilot/optional"]),
  ],
  [
    "the kit that reads the environment",
    workspace("package", "action-kit", "process.env.X", ["@actions/core"]),
  ],
  ["a part of the rig that imports a simulator", workspace("rig", "demo", "", ["@patchpilot/simulators"])],
  ["a name in a comment", workspace("action", "impact", '// see process.env\n/* import "@actions/core" */')],
];

test.each(allowed)("%s is allowed", (_, right) => {
  expect(findForbiddenArrows([right])).toEqual([]);
});
