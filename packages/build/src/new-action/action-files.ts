import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TEMPLATE = fileURLToPath(new URL("template", import.meta.url));

/** Why a name will not do for an action; undefined if it will. */
export function refuseName(name: string | undefined, taken: readonly string[]): string | undefined {
  if (name === undefined) return "Name the action: `npm run new-action NAME`.";
  if (!/^[a-z]+(-[a-z]+)*$/.test(name))
    return `An action is named by small letters and single hyphens, such as perf-scan, not "${name}".`;
  return taken.includes(name) ? `actions/${name} exists already; choose another name.` : undefined;
}

/** The files of a new action by their path in its folder, except what `npm run generate` writes. */
export function actionFiles(name: string, zod: string): ReadonlyMap<string, string> {
  const files = globSync("**/*.txt", { cwd: TEMPLATE });
  return new Map(
    files.map((file) => [
      file.replace(/\.txt$/, ""),
      readFileSync(join(TEMPLATE, file), "utf8")
        .replaceAll("TYPE", toTypeName(name))
        .replaceAll("NAME", name)
        .replaceAll("ZOD", zod),
    ]),
  );
}

/** What begins the names of the action's own types: PerfScan for perf-scan. */
const toTypeName = (name: string): string =>
  name
    .split("-")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("");
