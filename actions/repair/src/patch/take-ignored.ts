import { readTreeChanges } from "./agent-changes.ts";
import type { LeftOuts } from "./left-out.ts";
import { lookAtFile, readBeginning } from "./look-at-file.ts";
import { readBlobs } from "./read-blobs.ts";
import { addToSnapshot, type Snapshot } from "./snapshot.ts";
import { toUtf8, type Vault } from "./vault.ts";

/** Files in source languages. */
const SOURCE =
  /\.([cm]?[jt]sx?|vue|svelte|astro|py|pyi|rb|php|java|kts?|scala|go|rs|swift|c|h|cc|cpp|hpp|cs|fs|exs?|dart|lua|clj|hs|mli?|erl|graphql|proto|s?css|less)$/;

/** Folders into which builds, tools and people put what is made from something else, or what is secret. */
const PRODUCTS =
  /^(\..*|dist|build|built|out|output|target|bin|obj|coverage|te?mp|cache|logs?|gen|generated|public|static|vendor|third_party|storage|_?site|release|debug|secrets?|private)$/i;

/** Names of files that mean their folder. */
const STANDS_FOR_FOLDER = /^(index|__init__|mod|init|main)$/;

const MOST_BYTES = 262_144;

/**
 * Takes source files that an agent made in a folder which the base commit ignores as a whole, such as `lib/` by a
 * template's `.gitignore`, where the change refers to them. The change would not run without them.
 * @returns the snapshot with them, and the paths that were taken
 */
export async function takeIgnoredSources(
  vault: Vault,
  before: Snapshot,
  after: Snapshot,
): Promise<{ readonly snapshot: Snapshot; readonly taken: readonly string[] }> {
  const candidates = await findCandidates(vault, before.leftOut, after.leftOut);
  if (candidates.length === 0) return { snapshot: after, taken: [] };
  const changes = await readTreeChanges(vault, before.tree, after.tree);
  const texts = await readBlobs(vault, new Set(changes.flatMap((change) => change.after?.oid ?? [])));
  const known = [...vault.entries.keys(), ...changes.map(({ path }) => path.toString("latin1"))];
  const taken = chooseReferred(
    candidates,
    [...texts.values()],
    new Set(known.filter(isSource).map(readStem)),
    (path) => readBeginning(vault.workTree, path, MOST_BYTES)?.toString("utf8"),
  );
  if (taken.length === 0) return { snapshot: after, taken };
  const leftOut = new Map([...after.leftOut].filter(([path]) => !taken.includes(path)));
  return { snapshot: { tree: await addToSnapshot(vault, taken), leftOut }, taken };
}

async function findCandidates(vault: Vault, before: LeftOuts, after: LeftOuts): Promise<string[]> {
  const fresh = [...after].flatMap(([path, { kind }]) =>
    kind === "ignored" && !before.has(path) && isSource(path) && isOwnWork(vault, path) ? [path] : [],
  );
  if (fresh.length === 0) return [];
  // A file that nobody made shows whether it is the folder that is ignored, and not this very name.
  const others = fresh.map((path) => `${readFolder(path)}patchpilot-looks`);
  const input = Buffer.from([...fresh, ...others].map((path) => `${path}\0`).join(""), "latin1");
  const said = await vault.gitAside("attributes.index")(
    ["check-ignore", "--no-index", "-z", "--stdin"],
    input,
  );
  const ignored = new Set(said.toString("latin1").split("\0"));
  return fresh.filter((_, at) => ignored.has(others[at] ?? ""));
}

const isSource = (path: string): boolean => SOURCE.test(path);

function isOwnWork({ workTree }: Vault, path: string): boolean {
  const found = lookAtFile(workTree, path);
  const folders = path.split("/").slice(0, -1);
  return found?.isFile() === true && found.size <= MOST_BYTES && !folders.some((name) => PRODUCTS.test(name));
}

/** Also what those files refer to that are taken. */
function chooseReferred(
  candidates: readonly string[],
  changed: readonly string[],
  known: ReadonlySet<string>,
  readText: (path: string) => string | undefined,
): string[] {
  const texts = [...changed];
  const taken: string[] = [];
  for (let at = 0; at < texts.length; at += 1)
    for (const path of candidates)
      if (!taken.includes(path) && refersTo(texts[at] ?? "", path, known)) {
        taken.push(path);
        texts.push(readText(path) ?? "");
      }
  return taken;
}

/** By the file's name, or where another file of the repository has that name too, by its folder's and its own. */
function refersTo(text: string, path: string, known: ReadonlySet<string>): boolean {
  const stem = readStem(path);
  const parent = toUtf8(readFolder(path)).split("/").at(-2) ?? "";
  const whole = `${escaped(parent)}[/\\\\.:]+${escaped(stem)}`;
  const own = STANDS_FOR_FOLDER.test(stem) ? escaped(parent) : escaped(stem);
  const wanted = known.has(stem) && !STANDS_FOR_FOLDER.test(stem) ? whole : own;
  return new RegExp(`(?<![\\w-])${wanted}(?![\\w-])`).test(text);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const readFolder = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
const readStem = (path: string): string =>
  toUtf8(path.slice(path.lastIndexOf("/") + 1)).replace(/(\.d)?\.\w+$/, "");
