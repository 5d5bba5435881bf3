import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { type Conversions, NO_CONVERSIONS } from "./gather-rules.ts";
import { bytePath, lookAtFile } from "./look-at-file.ts";
import { readBytes } from "./read-blobs.ts";
import { listDiffering, MOST_SIZE, SNAPSHOT_INDEX } from "./snapshot.ts";
import { sortFiles } from "./sort-files.ts";
import { toUtf8, type Vault } from "./vault.ts";

/**
 * Reads the base commit into the index and holds the files against it. Where they differ by nothing but how they
 * were checked out (line endings, filters, modes that the disk does not keep, names that it takes for the same),
 * snapshots begin with them as they are.
 * @throws Error naming what differs otherwise: it would count as the agent's work.
 */
export async function openSnapshots(vault: Vault): Promise<void> {
  const git = vault.gitOn(SNAPSHOT_INDEX);
  await git(["read-tree", vault.base]);
  let paths = await readDifferences(vault, NO_CONVERSIONS);
  if (paths.length === 0) return;
  const asTheyAre = (await findSameBytes(vault, paths)).map(toUtf8);
  paths = await readDifferences(vault, { autoText: false, asTheyAre });
  if (paths.length > 0) paths = await tryAutoText(vault, paths, asTheyAre);
  const { different, held } = await judgeDifferences(vault, paths);
  if (different.length > 0) throw new Error(describeDifference(different));
  if (held.length === 0) return;
  const input = Buffer.from(held.map((path) => `${path}\0`).join(""), "latin1");
  await git(["update-index", "-z", "--skip-worktree", "--stdin"], input);
}

async function readDifferences(vault: Vault, conversions: Conversions): Promise<string[]> {
  vault.convert(conversions);
  await vault.call(SNAPSHOT_INDEX, ["update-index", "-q", "--refresh"]);
  return listDiffering(vault, vault.gitOn(SNAPSHOT_INDEX));
}

/** Files that hold what the commit holds, byte for byte, though its attributes say that they would be checked in otherwise. */
async function findSameBytes(vault: Vault, paths: readonly string[]): Promise<string[]> {
  const files = paths.filter(
    (path) => vault.entries.get(path)?.mode.startsWith("100") && lookAtFile(vault.workTree, path)?.isFile(),
  );
  // Git reads one name a line.
  const named = files.filter((path) => !path.includes("\n") && !path.startsWith('"'));
  if (named.length === 0) return [];
  const input = Buffer.from(named.map((path) => `${path}\n`).join(""), "latin1");
  const args = ["hash-object", "--no-filters", "--stdin-paths"];
  const hashes = (await vault.gitOn(SNAPSHOT_INDEX)(args, input)).toString("latin1").split("\n");
  return named.filter((path, at) => vault.entries.get(path)?.oid === hashes[at]);
}

/** `core.autocrlf` is set outside of the repository; the files tell. */
async function tryAutoText(vault: Vault, paths: string[], asTheyAre: readonly string[]): Promise<string[]> {
  const left = await readDifferences(vault, { autoText: true, asTheyAre });
  return left.length < paths.length ? left : readDifferences(vault, { autoText: false, asTheyAre });
}

/** What differs and may not, and what is as a filter made it, which snapshots leave alone. */
type Differences = { readonly different: readonly string[]; readonly held: readonly string[] };

async function judgeDifferences(vault: Vault, paths: readonly string[]): Promise<Differences> {
  const { kept, gone, leftOut } = await sortFiles(vault, { workTree: vault.workTree, paths }, MOST_SIZE);
  const different: string[] = [...gone];
  const held: string[] = [];
  const sharesItsFile = findTwins(vault);
  for (const path of kept)
    if (sharesItsFile(path)) held.push(path);
    else if (!(await isSameButForm(vault, path))) different.push(path);
  for (const [path, { kind }] of leftOut)
    if (kind === "filter" && (await isFilteredForm(vault, path))) held.push(path);
    else if (kind !== "tool") different.push(path);
  return { different, held };
}

/** @returns whether a disk that takes two names of the commit for the same holds the other one's file at a path */
function findTwins({ workTree, entries }: Vault): (path: string) => boolean {
  const byLower = Map.groupBy(entries.keys(), (path) => toUtf8(path).toLowerCase());
  const fileAt = (path: string) => lookAtFile(workTree, path)?.ino;
  return (path) => {
    const others = byLower.get(toUtf8(path).toLowerCase()) ?? [];
    return others.some((other) => other !== path && fileAt(other) === fileAt(path));
  };
}

async function isSameButForm(vault: Vault, path: string): Promise<boolean> {
  const entry = vault.entries.get(path);
  if (entry === undefined) return false;
  const [base, file] = [await readBytes(vault, entry.oid), await readFile(bytePath(vault.workTree, path))];
  // Where links cannot be made, git writes where they lead to into a file.
  if (entry.mode === "120000") return base.equals(file);
  const isProgram = ((lookAtFile(vault.workTree, path)?.mode ?? 0) & constants.S_IXUSR) !== 0;
  if (!vault.losesModes && isProgram !== (entry.mode === "100755")) return false;
  return base.equals(file) || (!base.includes(0) && withoutReturns(base) === withoutReturns(file));
}

const withoutReturns = (bytes: Buffer): string => bytes.toString("latin1").replace(/\r\n/g, "\n");

/**
 * Whether a file can be what its filter makes of the commit's. Git LFS says of which bytes; what other filters do
 * nobody can tell without running them, and such a file is never in a patch.
 */
async function isFilteredForm(vault: Vault, path: string): Promise<boolean> {
  const entry = vault.entries.get(path);
  if (entry === undefined) return false;
  const pointer = (await readBytes(vault, entry.oid)).toString("latin1");
  const [, sha256] = /^oid sha256:([0-9a-f]{64})$/m.exec(pointer) ?? [];
  if (!pointer.startsWith("version https://git-lfs") || sha256 === undefined) return true;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(bytePath(vault.workTree, path))) hash.update(chunk as Buffer);
  return hash.digest("hex") === sha256;
}

function describeDifference(different: readonly string[]): string {
  const named = different.slice(0, 5).map(toUtf8).join(", ");
  const more = different.length > 5 ? ` and ${different.length - 5} more` : "";
  return `The checkout is not exactly the commit that is checked out: ${named}${more}. Check it out again and whole, keep other files outside of it (such as in \`runner.temp\`), and leave installing to \`setup-command\`.`;
}
