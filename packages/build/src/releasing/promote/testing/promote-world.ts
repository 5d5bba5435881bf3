import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type TestGit, testGit } from "@patchpilot/git/testing";
import { type Authority, openAuthority } from "../../attestation/testing/authority.ts";
import { type Attested, attestedRelease } from "../../attestation/testing/statement.ts";
import { openTrust } from "../../attestation/trust.ts";
import { openGitFolder } from "../../commits/git-folder.ts";
import { FAKE_TOKEN } from "../../publish/testing/fake-github.ts";
import { releaseWorld } from "../../publish/testing/play-release.ts";
import { makeReleaseWorld, type ReleaseWorld } from "../../publish/testing/release-world.ts";
import { SMALL_ACTIONS } from "../../publish/testing/small-monorepo.ts";
import { readReleasedCommit } from "../../released/read-released.ts";
import { connectPromote } from "../connect.ts";
import type { PromotePorts } from "../ports.ts";
import { type PromoteResult, promoteReleases } from "../promote.ts";

/** A small monorepo whose releases can be published, attested and promoted. */
export type PromoteWorld = ReleaseWorld & {
  readonly authority: Authority;
  /** Releases what the monorepo holds, publishes it for good and attests it. */
  readonly publish: (version: string) => Promise<void>;
  /** Attests a version of an action, changed as given. */
  readonly attest: (action: string, version: string, change?: (right: Attested) => Attested) => Promise<void>;
  readonly repository: (name: string) => TestGit;
  /** Makes repositories and GitHub what they were when this was last called with `keep`. */
  readonly restore: (keep?: "keep") => void;
};

export async function makePromoteWorld(): Promise<PromoteWorld> {
  const world = await makeReleaseWorld();
  const authority = await openAuthority();
  const attest: PromoteWorld["attest"] = (action, version, change) =>
    attestVersion(world, authority, [action, version], change);
  const publish = async (version: string): Promise<void> => {
    const { refusals, steps } = await releaseWorld(world);
    if (refusals.length > 0) throw new Error(refusals.join("\n"));
    publishAll(world);
    for (const { goal } of steps)
      if (SMALL_ACTIONS.includes(goal.repository)) await attest(goal.repository, version);
  };
  const repository = (name: string): TestGit => testGit(join(world.remotes, name));
  return { ...world, authority, publish, attest, repository, restore: makeRestore(world) };
}

/** Publishes every draft, for good. */
export function publishAll({ github }: Pick<ReleaseWorld, "github">): void {
  for (const release of [...github.releases.values()].flat())
    Object.assign(release, { draft: false, immutable: true });
}

/** Stores an attestation of a version of an action, changed as given. */
export async function attestVersion(
  { remotes, github }: Pick<ReleaseWorld, "remotes" | "github">,
  authority: Authority,
  [action, version]: readonly [string, string],
  change = (right: Attested) => right,
): Promise<void> {
  const place = { cwd: join(remotes, action), path: process.env["PATH"] ?? "" };
  const released = await readReleasedCommit(place, `refs/tags/v${version}`);
  if (typeof released === "string") throw new Error(released);
  const { source, files } = released;
  const right = attestedRelease({ owner: "patchpilot", action, commit: source.commit, files });
  const bundle = await authority.attest(change(right));
  for (const { sha256 } of files) {
    const known = github.attestations.get(`sha256:${sha256}`) ?? [];
    github.attestations.set(`sha256:${sha256}`, [...known, bundle]);
  }
}

function makeRestore({ remotes, github }: ReleaseWorld): PromoteWorld["restore"] {
  const kept = `${remotes}-kept`;
  let state = { releases: github.releases, attestations: github.attestations };
  const copy = (from: string, to: string): void => {
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  };
  return (keep) => {
    if (keep) {
      copy(remotes, kept);
      state = structuredClone({ releases: github.releases, attestations: github.attestations });
      return;
    }
    copy(kept, remotes);
    const { releases, attestations } = structuredClone(state);
    github.releases.clear();
    github.attestations.clear();
    for (const [name, list] of releases) github.releases.set(name, list);
    for (const [digest, bundles] of attestations) github.attestations.set(digest, bundles);
  };
}

/**
 * Promotes everything.
 * @param wrap changes what the promotion reaches
 */
export async function promoteWorld(
  world: PromoteWorld,
  wrap: (ports: PromotePorts) => PromotePorts = (ports) => ports,
  dryRun = false,
): Promise<PromoteResult> {
  const { place, remove } = await openGitFolder(world.monorepo.folder);
  try {
    const prefix = `${pathToFileURL(world.remotes).href}/`;
    const account = { owner: "patchpilot", token: FAKE_TOKEN, api: world.github.api };
    const trust = () => openTrust(world.authority.root);
    const repositories = [...SMALL_ACTIONS, "patchpilot"];
    const request = { owner: "patchpilot", actions: SMALL_ACTIONS, repositories, dryRun };
    return await promoteReleases(request, wrap(connectPromote(place, { prefix }, account, trust, () => {})));
  } finally {
    remove();
  }
}

/** What `v1` and the like name in each repository, as versions. */
export function showLines({ repository }: PromoteWorld): Record<string, Record<string, string>> {
  const names = [...SMALL_ACTIONS, "patchpilot"];
  return Object.fromEntries(names.map((name) => [name, readLines(repository(name))]));
}

function readLines(git: TestGit): Record<string, string> {
  const list = git(["for-each-ref", "--format=%(refname:short) %(objectname)", "refs/tags"]).toString();
  const tags = list
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(" ") as [string, string]);
  const isVersion = (tag: string) => /^v\d+\.\d+\.\d+/.test(tag);
  const name = (sha: string) => tags.find(([tag, at]) => isVersion(tag) && at === sha)?.[0] ?? "elsewhere";
  return Object.fromEntries(tags.filter(([tag]) => !isVersion(tag)).map(([tag, sha]) => [tag, name(sha)]));
}
