import { glob, readdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { BuiltInAction, BuiltInStep } from "../action/built-in-action.ts";

/**
 * A stand-in for actions/upload-artifact: keeps the files of `path` (files, folders or patterns, one a line) under
 * `name`. Hidden files are left out.
 */
export const uploadArtifact: BuiltInAction = {
  inputs: {
    "if-no-files-found": "warn",
    name: "artifact",
    overwrite: "false",
    path: "",
  },
  run: upload,
};

async function upload(step: BuiltInStep): Promise<void> {
  const { inputs, runId, runAttempt, log } = step;
  const { name = "artifact" } = inputs;
  const searches = await Promise.all(searchPaths(inputs["path"] ?? "", step.workspace).map(search));
  const found = searches.flatMap(({ start, files }) => files.filter((file) => !isHidden(start, file)));
  const files = [...new Set(found)].sort();
  if (files.length === 0) return sayNothingFound(step);
  const root = commonFolder(searches.map(({ folder }) => folder));
  const entries = files.map((file) => ({ path: relative(root, file).split(sep).join("/"), source: file }));
  const artifact = await step.artifacts.add(
    { runId, runAttempt, name },
    entries,
    inputs["overwrite"] === "true",
  );
  log(`Artifact ${name} holds ${files.length} file(s).`);
  step.setOutput("artifact-id", String(artifact.id));
}

function sayNothingFound(step: BuiltInStep): void {
  const message = `No files were found with the provided path: ${step.inputs["path"]}. No artifacts will be uploaded.`;
  const policy = step.inputs["if-no-files-found"];
  if (policy === "error") throw new Error(message);
  step.log(`::warning::${message}`);
}

function searchPaths(lines: string, workspace: string): readonly string[] {
  const paths = lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const excluding = paths.find((path) => path.startsWith("!"));
  if (paths.length === 0) throw new Error("Input required and not supplied: path");
  if (excluding !== undefined)
    throw new Error(`This stand-in does not know patterns that exclude: ${excluding}`);
  return paths.map((path) => resolve(workspace, path));
}

/** What one search path finds: `start` is where the search begins, `folder` what names stay relative to. */
type Search = { readonly start: string; readonly folder: string; readonly files: readonly string[] };

async function search(path: string): Promise<Search> {
  const parts = path.split(sep);
  const wildcard = parts.findIndex((part) => /[*?[\]{}]/.test(part));
  if (wildcard >= 0) {
    const start = parts.slice(0, wildcard).join(sep);
    const files: string[] = [];
    for await (const match of glob(path)) if (!(await isFolder(match))) files.push(match);
    return { start, folder: start, files };
  }
  if (await isFolder(path)) {
    const inside = await readdir(path, { recursive: true, withFileTypes: true });
    const files = inside.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return { start: path, folder: path, files };
  }
  const files = (await stat(path).catch(() => undefined)) === undefined ? [] : [path];
  return { start: path, folder: dirname(path), files };
}

/** Whether a name that begins with a dot lies on the way from where the search starts, that place included. */
function isHidden(start: string, file: string): boolean {
  return relative(dirname(start), file)
    .split(sep)
    .some((part) => part.startsWith("."));
}

function commonFolder(folders: readonly string[]): string {
  const [first = [], ...others] = folders.map((folder) => folder.split(sep));
  const differs = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  return (differs < 0 ? first : first.slice(0, differs)).join(sep);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
