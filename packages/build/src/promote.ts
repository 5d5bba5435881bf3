/**
 * `npm run promote -- [REPOSITORY…]`: moves `v1` and `v1.2` to the highest version that is published, immutable and proven to
 * be what the release workflow built. Without names it does so in every action's repository, and in the monorepo's last.
 *
 *   --dry-run            reads and proves everything, and prints what it would move
 *   --remote URL         prefix of the repositories; https://github.com/OWNER/ by default
 *   --trusted-root FILE  a Sigstore root in place of the public one
 *
 * RELEASE_TOKEN is a token that may write contents of these repositories.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { hideToken } from "@patchpilot/git";
import { OWNER, REPOSITORY_NAME } from "@patchpilot/owner";
import { openTrust, type Trust } from "./releasing/attestation/trust.ts";
import { openGitFolder } from "./releasing/commits/git-folder.ts";
import { connectPromote } from "./releasing/promote/connect.ts";
import { promoteReleases } from "./releasing/promote/promote.ts";
import { actionFolders, REPOSITORY } from "./repository.ts";

const token = process.env["RELEASE_TOKEN"] ?? "";
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "dry-run": { type: "boolean", default: false },
    remote: { type: "string" },
    "trusted-root": { type: "string" },
  },
});

try {
  process.exitCode = await run();
} catch (error) {
  process.exitCode = fail([(error as Error).message]);
}

/** @returns the exit status */
async function run(): Promise<number> {
  const actions = actionFolders().map((folder) => basename(folder));
  const all = [...actions, REPOSITORY_NAME];
  const unknown = positionals.filter((name) => !all.includes(name));
  if (unknown.length > 0) return fail([`There is no ${unknown.join(", ")}. Name some of ${all.join(", ")}.`]);
  if (!/^\S+$/.test(token))
    return fail([
      "RELEASE_TOKEN is empty or has blanks. Set it to a token that may write contents of the repositories.",
    ]);
  const { place, remove } = await openGitFolder(REPOSITORY);
  try {
    const prefix = values.remote?.replace(/\/?$/, "/") ?? `https://github.com/${OWNER}/`;
    const ports = connectPromote(place, { prefix, token }, { owner: OWNER, token }, readTrust, say);
    const repositories = positionals.length > 0 ? positionals : all;
    const request = { owner: OWNER, actions, repositories, dryRun: values["dry-run"] };
    const { refusals, notices } = await promoteReleases(request, ports);
    for (const notice of notices) say(`Notice: ${notice}`);
    return fail(refusals);
  } finally {
    remove();
  }
}

function readTrust(): Promise<Trust> {
  const file = values["trusted-root"];
  return openTrust(file === undefined ? undefined : JSON.parse(readFileSync(file, "utf8")));
}

function say(line: string): void {
  console.log(hideToken(line, token));
}

function fail(sentences: readonly string[]): number {
  for (const sentence of sentences) console.error(hideToken(sentence, token));
  return sentences.length > 0 ? 1 : 0;
}
