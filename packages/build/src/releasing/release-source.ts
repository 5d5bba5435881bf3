import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { askGit } from "@patchpilot/git";
import { OWNER } from "@patchpilot/owner";

/** What is released: a checkout whose actions are built, at one commit. */
export type ReleaseSource = {
  /** Folder of the checkout. */
  readonly folder: string;
  /** Full SHA of the commit. */
  readonly commit: string;
  /** When it was committed, in ISO 8601: the only time that a release knows, so that it is the same each time. */
  readonly time: string;
  /** Account on GitHub that publishes. */
  readonly owner: string;
  /** Version of the monorepo. */
  readonly version: string;
  /** Version of each action, by its name. */
  readonly actions: Readonly<Record<string, string>>;
};

/**
 * Reads what a checkout releases.
 * @param path where git is looked for
 * @throws Error if it is no checkout, or a version is missing
 */
export async function readReleaseSource(
  folder: string,
  path = process.env["PATH"] ?? "",
): Promise<ReleaseSource> {
  const [commit = "", time = ""] = (
    await askGit({ cwd: folder, path }, ["log", "-1", "--format=%H%n%cI"])
  ).split("\n");
  const names = readdirSync(join(folder, "actions")).sort();
  const actions = Object.fromEntries(names.map((name) => [name, readVersion(join(folder, "actions", name))]));
  return { folder, commit, time, owner: OWNER, version: readVersion(folder), actions };
}

/**
 * The version in the package.json of a folder.
 * @throws Error if there is none
 */
export function readVersion(folder: string): string {
  const file = join(folder, "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version?: unknown };
  if (typeof version !== "string") throw new Error(`${file} has no \`version\`. Give it one, such as 1.0.0.`);
  return version;
}
