import type { Workspace } from "../../arrows/read-modules.ts";

const workspace = (
  kind: Workspace["kind"],
  name: string,
  uses: string[],
  tests: string[] = [],
): Workspace => ({
  kind,
  name,
  folder: `${kind}s/${name}`,
  description: `What ${name} is for.`,
  dependencies: uses.map((each) => `@patchpilot/${each}`),
  testDependencies: tests.map((each) => `@patchpilot/${each}`),
  sources: [],
});

/** A small house: one action, four packages that ship, two of the rig. */
export const EXAMPLE_WORKSPACES: readonly Workspace[] = [
  workspace("package", "time", []),
  workspace("package", "http", ["time"]),
  workspace("package", "incident", []),
  workspace("package", "vercel", ["http"], ["simulators"]),
  workspace("package", "simulators", []),
  workspace("package", "conformance", ["simulators", "action-impact", "incident"]),
  workspace("action", "impact", ["incident", "vercel"]),
];
