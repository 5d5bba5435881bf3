import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import { BUNDLED_PACKAGES, type BundledPackage } from "../../bundling/bundled-packages.ts";
import type { ReleaseSource } from "../release-source.ts";
import { describeBundle } from "../sbom/describe-bundle.ts";
import type { Pins } from "../trees/references.ts";
import { isPrerelease, SBOM } from "./decide-need.ts";
import type { Goal } from "./decide-write.ts";
import type { Need } from "./facts.ts";
import { findSection } from "./find-section.ts";

type Release = Extract<Need, { readonly kind: "release" }>;

/** What has to be there when an action is released. */
export function makeActionGoal(source: ReleaseSource, action: string, need: Release): Goal {
  const version = source.actions[action] ?? "";
  const folder = join(source.folder, "actions", action);
  const changelog = join(folder, "CHANGELOG.md");
  const changes = existsSync(changelog) ? findSection(readFileSync(changelog, "utf8"), version) : "";
  const release = {
    owner: source.owner,
    action,
    version,
    commit: need.source,
    time: need.time ?? source.time,
  };
  return {
    ...describeGoal(source, action, version, need, changes),
    refs: ["refs/heads/main", `refs/tags/v${version}`],
    assets: [{ name: SBOM, text: describeBundle(release, readPackages(folder)) }],
  };
}

/** The same of the repository that all is developed in: its tag pins the actions. */
export function makeMonorepoGoal(source: ReleaseSource, pins: Pins, need: Release): Goal {
  const list = Object.entries(pins).map(
    ([action, { sha, version }]) =>
      `- [${action} v${version}](https://github.com/${source.owner}/${action}/releases/tag/v${version}) ${sha}`,
  );
  return {
    ...describeGoal(source, REPOSITORY_NAME, source.version, need, list.join("\n")),
    refs: [`refs/tags/v${source.version}`],
    assets: [],
  };
}

function describeGoal(
  { owner }: ReleaseSource,
  repository: string,
  version: string,
  { commit, source }: Release,
  changes: string,
) {
  const origin = `Built from ${owner}/${REPOSITORY_NAME}@${source}.`;
  const body = changes === "" ? origin : `${changes}\n\n${origin}`;
  return { repository, version, commit, body, prerelease: isPrerelease(version) };
}

function readPackages(folder: string): BundledPackage[] {
  const file = join(folder, BUNDLED_PACKAGES);
  if (!existsSync(file)) throw new Error(`${file} is missing; run \`npm run build\`.`);
  return JSON.parse(readFileSync(file, "utf8")) as BundledPackage[];
}
