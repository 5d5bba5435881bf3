import { HOME } from "@patchpilot/owner";

/** Older ones lack what the bundle calls, and commander asks for it. */
const NODE = ">=22.12.0";

/**
 * The manifest of the package on npm. It has no dependency: everything is in the bundle.
 * @param room package.json of packages/cli
 * @param root package.json of the repository, whose version it has
 */
export const describeCli = (
  room: Readonly<Record<string, unknown>>,
  root: Readonly<Record<string, unknown>>,
): object => ({
  name: "patchpilot",
  version: root["version"],
  description: room["description"],
  license: root["license"],
  homepage: `${HOME}#readme`,
  repository: { type: "git", url: `git+${HOME}.git`, directory: "packages/cli" },
  bugs: `${HOME}/issues`,
  type: "module",
  bin: { patchpilot: "start.mjs" },
  engines: { node: NODE },
});
