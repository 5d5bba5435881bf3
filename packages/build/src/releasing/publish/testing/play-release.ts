import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { testGit } from "@patchpilot/git/testing";
import { openGitFolder } from "../../commits/git-folder.ts";
import { readReleaseSource } from "../../release-source.ts";
import { reachGoal } from "../apply.ts";
import { connectRelease } from "../connect.ts";
import { nameWrite } from "../decide-write.ts";
import { planRelease, type ReleasePlan } from "../plan-release.ts";
import type { ReleasePorts } from "../ports.ts";
import { FAKE_TOKEN } from "./fake-github.ts";
import type { ReleaseWorld } from "./release-world.ts";
import { type Monorepo, SMALL_ACTIONS } from "./small-monorepo.ts";

/**
 * Releases what the monorepo holds now.
 * @param wrap changes what the release reaches, to count, kill or lose
 */
export async function releaseWorld(
  { monorepo, remotes, github }: ReleaseWorld<Monorepo>,
  wrap: (ports: ReleasePorts) => ReleasePorts = (ports) => ports,
): Promise<ReleasePlan> {
  const source = await readReleaseSource(monorepo.folder);
  const { place, remove } = await openGitFolder(monorepo.folder);
  try {
    const account = { owner: source.owner, token: FAKE_TOKEN, api: github.api };
    const prefix = `${pathToFileURL(remotes).href}/`;
    const ports = wrap(connectRelease(place, { prefix }, account, () => {}));
    const plan = await planRelease(source, ports);
    if (plan.refusals.length === 0) for (const step of plan.steps) await reachGoal(step, ports);
    return plan;
  } finally {
    remove();
  }
}

/** Releases, and names every write. A refusal fails the test. */
export async function countWrites(world: ReleaseWorld): Promise<string[]> {
  const writes: string[] = [];
  const { refusals } = await releaseWorld(world, (ports) => ({
    ...ports,
    write: (write, before) => {
      writes.push(nameWrite(write));
      return ports.write(write, before);
    },
  }));
  if (refusals.length > 0) throw new Error(refusals.join("\n"));
  return writes;
}

/** What a first release writes. */
export const FIRST_WRITES: readonly string[] = [
  ...SMALL_ACTIONS.flatMap((action) => [
    `push ${action} v1.0.0`,
    `draft ${action} v1.0.0`,
    `upload sbom.cdx.json of ${action} v1.0.0`,
  ]),
  "push patchpilot v1.0.0",
  "draft patchpilot v1.0.0",
];

/** Git in one of the repositories that are released to. */
export const askRemote = (
  world: ReleaseWorld<Monorepo>,
  repository: string,
  ...args: readonly string[]
): string => testGit(join(world.remotes, repository))(args).toString().trim();

/** Everything that is released, without the numbers that GitHub gives. */
export function showWorld({ remotes, github }: ReleaseWorld<Monorepo>) {
  return Object.fromEntries(
    readdirSync(remotes).map((name) => [
      name,
      {
        refs: testGit(join(remotes, name))(["for-each-ref", "--format=%(refname) %(objectname)"]).toString(),
        releases: (github.releases.get(name) ?? []).map(({ id, upload_url, assets, ...rest }) => ({
          ...rest,
          assets: assets.map(({ id, ...asset }) => asset),
        })),
      },
    ]),
  );
}
