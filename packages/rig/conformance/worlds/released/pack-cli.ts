import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY } from "@patchpilot/build/repository";
import { collectTemplates } from "@patchpilot/build/templates";

/**
 * Packs the command line as a release does, with the workflows of the released monorepo, and installs the package.
 * @param monorepo the released tree
 * @param folder empty
 * @returns the script that npm would start
 */
export function packCli(monorepo: string, folder: string): string {
  const source = join(folder, "package");
  cpSync(join(REPOSITORY, "packages/cli/dist"), source, { recursive: true });
  for (const [name, text] of Object.entries(collectTemplates(monorepo)))
    writeFileSync(join(source, "templates", `${name}.yml`), text);
  const home = join(folder, "installed");
  mkdirSync(home);
  const npm = (...args: string[]): string =>
    execFileSync("npm", [...args, "--offline", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: home,
      env: { PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`, HOME: folder },
      encoding: "utf8",
    });
  const tarball = npm("pack", source).trim();
  npm("install", `./${tarball}`);
  return join(home, "node_modules/patchpilot/start.mjs");
}
