import type { Text } from "./read-texts.ts";

/** Pages for people who change this repository. Other pages name commands of their readers' repositories. */
export const isForDevelopers = ({ path }: Text): boolean =>
  /^((AGENTS|CONTRIBUTING)\.md|\.changeset\/README\.md|docs\/(architecture|publishing|testing|verdicts|verify-release|decisions\/[\w-]+)\.md|packages\/(rig\/)?[\w-]+\/README\.md)$/.test(
    path,
  );

/** pnpm, vitest and the like as a command: nothing installs them on the PATH. */
const ABSENT = /(?:^|`)\s*(?:npx (?:-y )?)?(?:pnpm|turbo|vitest|changeset)(?:@[\d.]+)? [\w:-]+/gm;
const NPM_RUN = /\bnpm run (?:--silent |-s )?([\w:-]+)/g;

/** Commands in texts that a machine with only Node, npm and this repository does not have; one sentence each. */
export function findDeadCommands(texts: readonly Text[], scripts: readonly string[]): string[] {
  return texts.flatMap(({ path, text }) => [
    ...[...text.matchAll(ABSENT)].map(([command]) => `${path} names ${command.replace("`", "").trim()}.`),
    ...[...text.matchAll(NPM_RUN)]
      .filter(([, name = ""]) => !scripts.includes(name))
      .map(([command]) => `${path} names ${command}, which package.json does not have.`),
  ]);
}

/** Programs that a script starts and a machine lacks after `npm run setup`; turbo looks for pnpm, so pnpm must start it. */
export function findAbsentPrograms(
  scripts: Readonly<Record<string, string>>,
  installed: readonly string[],
): string[] {
  const present = ["node", "npm", "npx", ...installed];
  return Object.entries(scripts).flatMap(([name, script]) =>
    script
      .split("&&")
      .map((command) => /^(?:\w+=\S+ )*(\S+)/.exec(command.trim())?.[1] ?? "")
      .filter((program) => !present.includes(program) || program === "turbo")
      .map((program) => `\`npm run ${name}\` starts ${program}.`),
  );
}
