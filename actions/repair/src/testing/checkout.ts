import { execFileSync } from "node:child_process";
import {
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
import { machineVariables } from "@patchpilot/action-kit";

/** Files by their path; content as text. */
export type Files = Readonly<Record<string, string>>;

/** A real checkout in a folder of its own, with a job's temporary folder beside it. */
export type Checkout = {
  readonly root: string;
  readonly workspace: string;
  readonly temporaryFolder: string;
  readonly base: string;
  readonly git: (args: readonly string[], input?: string | Uint8Array) => string;
  readonly read: (path: string) => string | undefined;
  /** Files that the base would have after a patch, by another repository of the same commit. */
  readonly applied: (patch: Uint8Array) => Files;
  readonly remove: () => void;
};

const CLEAN = {
  PATH: machineVariables()["PATH"],
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
};

export function makeCheckout(files: Files): Checkout {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "repair-")));
  const workspace = join(root, "workspace");
  const gitIn =
    (cwd: string) =>
    (args: readonly string[], input?: string | Uint8Array): string =>
      execFileSync("git", [...args], { cwd, env: CLEAN, input, stdio: ["pipe", "pipe", "pipe"] }).toString(
        "utf8",
      );
  writeFiles(workspace, files);
  const git = gitIn(workspace);
  git(["init", "--quiet", "--initial-branch=main"]);
  git(["add", "--all", "--force"]);
  git(["commit", "--quiet", "--allow-empty", "--message", "base"]);
  const base = git(["rev-parse", "HEAD"]).trim();
  const copy = join(root, "copy");
  gitIn(root)(["clone", "--quiet", "--no-hardlinks", workspace, copy]);
  return {
    root,
    workspace,
    temporaryFolder: join(root, "temp"),
    base,
    git,
    read: (path) =>
      existsSync(join(workspace, path)) ? readFileSync(join(workspace, path), "utf8") : undefined,
    applied: (patch) => {
      const there = gitIn(copy);
      there(["reset", "--quiet", "--hard", base]);
      there(["apply", "--index", "--whitespace=nowarn", "-"], patch);
      const names = there(["ls-files", "-z"]).split("\0").filter(Boolean);
      return Object.fromEntries(names.map((name) => [name, readFileSync(join(copy, name), "utf8")]));
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export function writeFiles(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
