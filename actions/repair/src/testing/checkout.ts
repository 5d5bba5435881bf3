import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { testGit } from "@patchpilot/git/testing";
import { afterAll, afterEach } from "vitest";

/** Files by their path; content as text. */
export type Files = Readonly<Record<string, string>>;

/** A real checkout in its own folder, with a job's temporary folder beside it. */
export type Checkout = {
  readonly root: string;
  readonly workspace: string;
  readonly temporaryFolder: string;
  readonly base: string;
  readonly git: (args: readonly string[], input?: string | Uint8Array) => string;
  readonly read: (path: string) => string | undefined;
  /** Files that the base would have after a patch, by another repository of the same commit. */
  readonly applied: (patch: Uint8Array) => Files;
};

/** Makes checkouts that are gone after each test of the file that asks for this, at its top. */
export function useCheckouts(): (files: Files) => Checkout {
  const made: Checkout[] = [];
  const removeAll = (folders: readonly string[]) => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  };
  afterEach(() => removeAll(made.splice(0).map(({ root }) => root)));
  afterAll(() => {
    removeAll([...templates.values()]);
    templates.clear();
  });
  return (files) => {
    const checkout = makeCheckout(files);
    made.push(checkout);
    return checkout;
  };
}

/** Repositories by their files; a checkout is a copy of one, which is quicker than a commit. */
const templates = new Map<string, string>();

const gitIn =
  (cwd: string) =>
  (args: readonly string[], input?: string | Uint8Array): string =>
    testGit(cwd)(args, input).toString("utf8");

function makeCheckout(files: Files): Checkout {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "repair-")));
  const workspace = join(root, "workspace");
  const template = templateOf(files);
  cpSync(template, workspace, { recursive: true });
  const git = gitIn(workspace);
  const base = readFileSync(join(template, ".git", "refs", "heads", "main"), "utf8").trim();
  return {
    root,
    workspace,
    temporaryFolder: join(root, "temp"),
    base,
    git,
    read: (path) =>
      existsSync(join(workspace, path)) ? readFileSync(join(workspace, path), "utf8") : undefined,
    applied: (patch) => applyTo(template, patch),
  };
}

function templateOf(files: Files): string {
  const name = JSON.stringify(files);
  const known = templates.get(name);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), "repair-template-"));
  writeFiles(folder, files);
  const git = gitIn(folder);
  git(["init", "--quiet", "--initial-branch=main", "--template="]);
  git(["add", "--all", "--force"]);
  git(["commit", "--quiet", "--allow-empty", "--message", "base"]);
  for (const folderOfGit of ["hooks", "info"]) mkdirSync(join(folder, ".git", folderOfGit));
  templates.set(name, folder);
  return folder;
}

function applyTo(template: string, patch: Uint8Array): Files {
  const git = gitIn(template);
  git(["apply", "--index", "--whitespace=nowarn", "-"], patch);
  const names = git(["ls-files", "-z"]).split("\0").filter(Boolean);
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(template, name), "utf8")]));
  git(["reset", "--quiet", "--hard"]);
  return files;
}

export function writeFiles(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
