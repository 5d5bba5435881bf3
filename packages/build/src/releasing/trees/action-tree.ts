import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import type { ReleaseSource } from "../release-source.ts";
import { leadHome } from "./links.ts";
import { changeOwner, nameVersions, OWNER_ON_MAIN } from "./references.ts";

/**
 * Writes what one release of an action consists of, and nothing else: action.yml, README.md, LICENSE, SECURITY.md
 * and dist/, with the files that the bundle reads where the action has such. The folder becomes the root of the
 * action's own repository.
 * @param target folder to write; what it held before is gone
 * @throws Error naming a part that is missing
 */
export function writeActionTree(source: ReleaseSource, action: string, target: string): void {
  const folder = join(source.folder, "actions", action);
  const parts = {
    "action.yml": join(folder, "action.yml"),
    "README.md": join(folder, "README.md"),
    LICENSE: join(source.folder, "LICENSE"),
    "SECURITY.md": join(source.folder, "SECURITY.md"),
    dist: join(folder, "dist"),
  };
  const missing = Object.values(parts).filter((path) => !existsSync(path));
  if (missing.length > 0)
    throw new Error(`${missing.join(", ")} is missing; run \`npm run generate\` and \`npm run build\`.`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [name, path] of Object.entries({ ...parts, ...findReadByBundle(folder) }))
    cpSync(path, join(target, name), { recursive: true });
  for (const path of readdirSync(target, { recursive: true, encoding: "utf8" }))
    if (isPage(path)) rewrite(join(target, path), (text) => nameRelease(text, source));
  rewrite(join(target, "SECURITY.md"), (text) => leadPageHome(text, "", source));
  rewrite(join(target, "README.md"), (text) =>
    leadPageHome(text, `actions/${action}`, source).concat(describePin(source, action)),
  );
}

/** What is read by people and agents; a bundle has the owner in it already. */
const isPage = (path: string): boolean => /\.(?:md|yml)$/.test(path) && !/^dist\b/.test(path);

/** Folders beside action.yml whose files a bundle reads when it runs. */
const READ_BY_BUNDLES = ["recipes", "launcher"];

function findReadByBundle(folder: string): Record<string, string> {
  const paths = READ_BY_BUNDLES.map((name) => [name, join(folder, name)] as const);
  return Object.fromEntries(paths.filter(([, path]) => existsSync(path)));
}

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

function nameRelease(text: string, { owner, actions, version }: ReleaseSource): string {
  const own = changeOwner(text, OWNER_ON_MAIN, owner, Object.keys(actions));
  return nameVersions(own, owner, { ...actions, [REPOSITORY_NAME]: version });
}

function leadPageHome(page: string, folder: string, source: ReleaseSource): string {
  return leadHome(
    page,
    folder,
    { home: findHome(source), ref: `v${source.version}` },
    (path) => statSync(join(source.folder, path), { throwIfNoEntry: false })?.isDirectory() === true,
  );
}

const findHome = ({ owner }: ReleaseSource): string => `https://github.com/${owner}/${REPOSITORY_NAME}`;

/** A page cannot hold the SHA of the commit that it is in. */
function describePin(source: ReleaseSource, action: string): string {
  const version = source.actions[action];
  const verify = `${findHome(source)}/blob/v${source.version}/docs/verify-release.md`;
  return `
## This release

This page belongs to v${version}, whose tag never moves. To pin its commit, ask for the SHA:

\`\`\`sh
git ls-remote https://github.com/${source.owner}/${action} refs/tags/v${version}
\`\`\`

and write \`uses: ${source.owner}/${action}@<sha> # v${version}\`. [Verify a release](${verify}) shows how to prove what it was built from.
`;
}
