/**
 * `npm run release`: pushes what is built to the repository of each action whose version has no tag yet, and to the
 * monorepo's, with draft releases. It can be run again at any time; what is there is not done twice.
 *
 *   --sums          prints the SHA-256 of every file of every release instead
 *   --repositories  prints the repositories that it writes to instead
 *   --dry-run       reads everything, and prints what it would release
 *   --remote URL    prefix of the repositories; https://github.com/OWNER/ by default
 *   --source DIR    the checkout; this one by default
 *
 * RELEASE_TOKEN is a token that may write contents of these repositories.
 */
import { parseArgs } from "node:util";
import { hideToken } from "@patchpilot/git";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import { openGitFolder } from "./releasing/commits/git-folder.ts";
import { reachGoal } from "./releasing/publish/apply.ts";
import { connectRelease } from "./releasing/publish/connect.ts";
import { decideWrite } from "./releasing/publish/decide-write.ts";
import { planRelease, type ReleaseStep } from "./releasing/publish/plan-release.ts";
import type { ReleasePorts } from "./releasing/publish/ports.ts";
import { refuseCheckout } from "./releasing/refuse-checkout.ts";
import { type ReleaseSource, readReleaseSource } from "./releasing/release-source.ts";
import { listReleaseSums } from "./releasing/release-sums.ts";
import { REPOSITORY } from "./repository.ts";

const token = process.env["RELEASE_TOKEN"] ?? "";
const { values } = parseArgs({
  options: {
    sums: { type: "boolean", default: false },
    repositories: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
    remote: { type: "string" },
    source: { type: "string", default: REPOSITORY },
  },
});

try {
  process.exitCode = await run(await readReleaseSource(values.source));
} catch (error) {
  process.exitCode = fail([(error as Error).message]);
}

/** @returns the exit status */
async function run(source: ReleaseSource): Promise<number> {
  if (values.repositories) return print([...Object.keys(source.actions), REPOSITORY_NAME]);
  if (values.sums) {
    process.stdout.write(listReleaseSums(source));
    return 0;
  }
  const refusal = (await refuseCheckout(source.folder)) ?? refuseToken();
  if (refusal !== undefined) return fail([refusal]);
  const { place, remove } = await openGitFolder(source.folder);
  try {
    const prefix = values.remote?.replace(/\/?$/, "/") ?? `https://github.com/${source.owner}/`;
    const account = { owner: source.owner, token };
    return await release(
      source,
      connectRelease(place, { prefix, token }, account, (line) => print([line])),
    );
  } finally {
    remove();
  }
}

function refuseToken(): string | undefined {
  if (/^\S+$/.test(token)) return undefined;
  return "RELEASE_TOKEN is empty or has blanks. Set it to a token that may write contents of the repositories that `npm run release -- --repositories` prints.";
}

async function release(source: ReleaseSource, ports: ReleasePorts): Promise<number> {
  const { refusals, notices, steps } = await planRelease(source, ports);
  print(notices.map((notice) => `Notice: ${notice}`));
  if (refusals.length > 0) return fail(refusals);
  if (values["dry-run"]) return print(steps.filter(isOpen).map(describeStep));
  for (const step of steps) await reachGoal(step, ports);
  return print(
    steps
      .filter(({ progress }) => progress.release?.draft !== false)
      .map(({ goal }) => `Publish the draft: https://github.com/${source.owner}/${goal.repository}/releases`),
  );
}

function isOpen({ goal, progress }: ReleaseStep): boolean {
  return decideWrite(goal, progress) !== undefined;
}

function describeStep({ goal: { repository, version, commit } }: ReleaseStep): string {
  return `would release ${repository} v${version} as ${commit}`;
}

function print(lines: readonly string[]): number {
  for (const line of lines) console.log(hideToken(line, token));
  return 0;
}

function fail(sentences: readonly string[]): number {
  for (const sentence of sentences) console.error(hideToken(sentence, token));
  return 1;
}
