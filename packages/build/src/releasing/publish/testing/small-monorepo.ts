import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestGit, testGit } from "@patchpilot/git/testing";

export const SMALL_ACTIONS = ["claim", "intake", "repair"];

/** A checkout with a commit. */
export type Monorepo = { readonly folder: string; readonly git: TestGit };

/** A repository like ours with three actions that are built, at one commit. */
export type SmallMonorepo = Monorepo & {
  /** Writes files, sets versions and commits. Each commit has another time. */
  readonly change: (
    files: Readonly<Record<string, string>>,
    versions?: Readonly<Record<string, string>>,
  ) => void;
};

const page = "uses: patchpilot/intake@v1\nuses: patchpilot/patchpilot/.github/workflows/repair.yml@v1\n";

const FILES = {
  ".gitignore": "dist/\nlib/\n",
  LICENSE: "MIT\n",
  "SECURITY.md": "Report privately.\n",
  "README.md": `# PatchPilot\n\n${page}`,
  ".github/workflows/repair.yml": "uses: patchpilot/claim@v1\nuses: patchpilot/repair@v1\n",
  "actions/repair/templates/patchpilot-repair.yml": page,
  "actions/repair/launcher/launcher-x64": "ELF",
};

export function makeSmallMonorepo(folder: string): SmallMonorepo {
  let day = 0;
  mkdirSync(folder, { recursive: true });
  testGit(folder)(["init", "--quiet", "--initial-branch=main"]);
  const write = (path: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { mode });
  };
  const change: SmallMonorepo["change"] = (files, versions = {}) => {
    day += 1;
    for (const [path, text] of Object.entries(files)) write(path, text);
    for (const [name, version] of Object.entries(versions))
      write(join(name === "." ? "" : `actions/${name}`, "package.json"), `${JSON.stringify({ version })}\n`);
    const date = `2026-11-0${day}T12:00:00+01:00`;
    const git = testGit(folder, { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
    git(["add", "--all"]);
    git(["commit", "--quiet", "--allow-empty", "--message", `day ${day}`]);
  };
  write("actions/repair/launcher/launcher-x64", "ELF", 0o755);
  const actions = SMALL_ACTIONS.flatMap((action) =>
    Object.entries({
      "action.yml": `name: ${action}\n`,
      "README.md": `# ${action}\n\nuses: patchpilot/${action}@v1\n`,
      "CHANGELOG.md": `# ${action}\n\n## 1.0.0\n\n- First release of ${action}.\n`,
      "dist/index.js": `run("${action}");\n`,
      "dist/12.index.js": "chunk();\n",
      "lib/bundled-packages.json": '[{ "name": "zod", "version": "4.6.7", "license": "MIT" }]\n',
    }).map(([path, text]) => [`actions/${action}/${path}`, text]),
  );
  const versions = Object.fromEntries([".", ...SMALL_ACTIONS].map((name) => [name, "1.0.0"]));
  change({ ...FILES, ...Object.fromEntries(actions) }, versions);
  return { folder, git: testGit(folder), change };
}

/** Bare repositories below a folder: an empty one an action, and the monorepo with what its `main` holds. */
export function makeRemotes(folder: string, monorepo: Monorepo): void {
  mkdirSync(folder, { recursive: true });
  for (const name of [...readdirSync(join(monorepo.folder, "actions")), "patchpilot"])
    testGit(folder)(["init", "--quiet", "--bare", "--template=", "--initial-branch=main", name]);
  pushMain(folder, monorepo);
}

export function pushMain(remotes: string, monorepo: Monorepo): void {
  cpSync(join(monorepo.folder, ".git", "objects"), join(remotes, "patchpilot", "objects"), {
    recursive: true,
  });
  const head = monorepo.git(["rev-parse", "HEAD"]).toString().trim();
  testGit(join(remotes, "patchpilot"))(["update-ref", "refs/heads/main", head]);
}
