import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import type { ReleaseSource } from "../release-source.ts";

/** Where links of a README lead that point to files which a release does not carry. */
const HOME = "https://github.com/patchpilot/patchpilot/tree/main";

/**
 * Writes what one release of an action consists of, and nothing else: action.yml, README.md, LICENSE, SECURITY.md
 * and dist/, with the files that the bundle reads where the action has such. The folder becomes the root of the
 * action's own repository.
 * @param target folder to write; what it held before is gone
 * @throws Error naming a part that is missing
 */
export function writeActionTree(source: ReleaseSource, action: string, target: string): void {
  const repository = source.folder;
  const folder = join(repository, "actions", action);
  const parts = {
    "action.yml": join(folder, "action.yml"),
    "README.md": join(folder, "README.md"),
    LICENSE: join(repository, "LICENSE"),
    "SECURITY.md": join(repository, "SECURITY.md"),
    dist: join(folder, "dist"),
  };
  const missing = Object.values(parts).filter((path) => !existsSync(path));
  if (missing.length > 0)
    throw new Error(`${missing.join(", ")} is missing; run \`npm run generate\` and \`npm run build\`.`);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const optional = READ_BY_BUNDLES.map((name) => [name, join(folder, name)] as const);
  const present = optional.filter(([, source]) => existsSync(source));
  for (const [name, source] of [...Object.entries(parts), ...present])
    cpSync(source, join(target, name), { recursive: true });
  const readme = readFileSync(parts["README.md"], "utf8");
  writeFileSync(join(target, "README.md"), leadHome(readme, basename(folder)));
}

/** Folders beside action.yml whose files a bundle reads when it runs. */
const READ_BY_BUNDLES = ["recipes", "launcher"];

/** Turns relative links of an action's README into links to the repository that it is developed in. */
function leadHome(readme: string, action: string): string {
  return readme.replace(/\]\((?![a-z]+:|#|\/)([^)\s]+)\)/g, (_, path: string) => {
    return `](${HOME}/${posix.join("actions", action, path)})`;
  });
}
