import { PLAIN_MODES, type TreeFile } from "@patchpilot/git";
import { findToolPlace } from "@patchpilot/project";
import type { PatchChange } from "./changes.ts";
import { belongsToGit, hidesName } from "./odd-names.ts";
import { protects } from "./protected-paths.ts";
import { findIf, makeFinding, type PolicyFinding } from "./rules.ts";

/** What a patch must keep to. */
export type PatchRules = {
  readonly maxFiles: number;
  readonly maxLines: number;
  readonly maxBytes: number;
  readonly protectedPaths: readonly string[];
};

/** What the base has at a path of the patch, or above it. */
export type BaseEntry = TreeFile & { readonly type: "blob" | "tree" | "commit" };

/** Why these bytes are not even opened. Pure. */
export function judgeBytes(
  patch: { readonly bytes: number; readonly sha256: string; readonly holdsSecret: boolean },
  expected: { readonly sha256: string },
  rules: PatchRules,
): PolicyFinding[] {
  const digest = judgeDigest(patch.sha256, expected.sha256);
  if (digest.length > 0) return digest;
  if (patch.bytes === 0) return [makeFinding("empty", "The patch is empty.")];
  const told = `The patch has ${patch.bytes} bytes; the limit is ${rules.maxBytes} (\`max-patch-kb\`).`;
  if (patch.bytes > rules.maxBytes) return [makeFinding("too-large", told)];
  return findIf(patch.holdsSecret, "secret", "The patch contains the value of a secret of this job.");
}

/** Why bytes are not the ones that the job that made the patch vouches for. Pure. */
export const judgeDigest = (sha256: string, expected: string): PolicyFinding[] =>
  findIf(
    sha256 !== expected.toLowerCase(),
    "other-bytes",
    `The patch's SHA-256 is ${sha256}, not ${expected.toLowerCase()}: these are not the bytes that the work job made.`,
  );

/** Why a patch that names these paths is not applied. Pure. */
export function judgePaths(paths: readonly string[], rules: PatchRules): PolicyFinding[] {
  if (paths.length === 0) return [makeFinding("empty", "The patch changes nothing.")];
  const told = `The patch changes ${paths.length} files; \`max-files\` allows ${rules.maxFiles}.`;
  return [
    ...findIf(paths.length > rules.maxFiles, "too-many-files", told),
    ...paths.flatMap((path) => judgePath(path, rules)),
  ];
}

function judgePath(path: string, rules: PatchRules): PolicyFinding[] {
  const shown = `\`${path.replace(/[^\x20-\x7e]|`/g, "?").slice(0, 200)}\``;
  const parts = path.split("/");
  if (path.startsWith("/") || parts.some((part) => part === "" || part === "." || part === ".."))
    return [makeFinding("path-outside", `The path ${shown} does not stay inside the repository.`)];
  if (hidesName(path))
    return [makeFinding("path-hidden", `The path ${shown} has a character that hides what it names.`)];
  if (belongsToGit(path)) return [makeFinding("path-git", `The path ${shown} belongs to git or GitHub.`)];
  const seen = parts.map((part) => part.normalize("NFKC").replace(/[. ]+$/, "")).join("/");
  const rule = rules.protectedPaths.find((pattern) => protects(pattern, path) || protects(pattern, seen));
  return findIf(rule !== undefined, "path-protected", `The path ${shown} is protected by \`${rule}\`.`);
}

/**
 * Why a path cannot be changed on this base: something that is no plain file lies there or above it, and the patch does
 * not take it away; or a tool made it for itself. Pure.
 * @param paths all paths of the patch
 */
export function judgeBase(
  path: string,
  base: ReadonlyMap<string, BaseEntry>,
  paths: readonly string[],
): PolicyFinding[] {
  const parts = path.split("/");
  const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
  const blocking = above.find(
    (folder) => base.has(folder) && base.get(folder)?.type !== "tree" && !paths.includes(folder),
  );
  if (blocking !== undefined)
    return [makeFinding("path-blocked", `\`${blocking}\` is not a folder on the base commit.`)];
  const type = base.get(path)?.type;
  if (type === "tree" && !paths.some((other) => other.startsWith(`${path}/`)))
    return [makeFinding("path-blocked", `\`${path}\` is a folder on the base commit.`)];
  const place = findToolPlace(path);
  const isLeftover = type === undefined && place !== undefined && !base.has(place);
  return [
    ...findIf(type === "commit", "submodule", `\`${path}\` is a submodule.`),
    ...findIf(isLeftover, "tool-leftover", `\`${path}\` is what a tool made for itself.`),
  ];
}

/** Why the result of a patch is not published: only plain files are. Pure. */
export function judgeModes(changes: readonly PatchChange[]): PolicyFinding[] {
  if (changes.length === 0) return [makeFinding("empty", "The patch changes nothing on the base commit.")];
  return changes.flatMap(({ path, after }) => {
    if (after === undefined || PLAIN_MODES.includes(after.mode)) return [];
    const { rule, name } = describeMode(after.mode);
    return [makeFinding(rule, `\`${path}\` would become ${name}; only plain files are published.`, { path })];
  });
}

/** Why a result cannot be published: a file stays where others need a folder. Pure. */
export function judgePlaces(changes: readonly PatchChange[]): PolicyFinding[] {
  const files = new Set(changes.filter(({ after }) => after !== undefined).map(({ path }) => path));
  return [...files].flatMap((path) => {
    const parts = path.split("/");
    const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
    const blocking = above.find((folder) => files.has(folder));
    return findIf(blocking !== undefined, "path-blocked", `\`${blocking}\` would be a file and a folder.`);
  });
}

/** Why a patch is too long, by the lines that it adds and removes. Pure. */
export const judgeLength = (lines: number, rules: PatchRules): PolicyFinding[] =>
  findIf(
    lines > rules.maxLines,
    "too-many-lines",
    `The patch changes ${lines} lines; \`max-lines\` allows ${rules.maxLines}.`,
  );

function describeMode(mode: string): { rule: "symlink" | "submodule" | "mode"; name: string } {
  if (mode === "120000") return { rule: "symlink", name: "a symbolic link" };
  if (mode === "160000") return { rule: "submodule", name: "a submodule" };
  return { rule: "mode", name: `something of mode ${mode}` };
}
