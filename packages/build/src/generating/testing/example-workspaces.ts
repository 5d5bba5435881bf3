import type { Workspace } from "../../house/arrows/read-workspaces.ts";

const workspace = (kind: Workspace["kind"], name: string, uses: string[]): Workspace => ({
  kind,
  name,
  folder: `${kind === "rig" ? "packages/rig" : `${kind}s`}/${name}`,
  description: `What ${name} is for.`,
  dependencies: uses.map((each) => `@patchpilot/${each}`),
  testDependencies: [],
  sources: [],
});

/** A small house: two actions, four packages that ship, one that makes them, two of the rig. */
export const EXAMPLE_WORKSPACES: readonly Workspace[] = [
  workspace("package", "time", []),
  workspace("package", "http", ["time"]),
  workspace("package", "incident", []),
  workspace("package", "vercel", ["http"]),
  workspace("package", "build", ["incident"]),
  workspace("rig", "simulators", ["build"]),
  workspace("rig", "conformance", ["simulators", "action-impact", "incident"]),
  workspace("action", "impact", ["incident", "vercel"]),
  workspace("action", "verify", ["incident"]),
];
