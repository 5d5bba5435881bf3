import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isCommitIn } from "@patchpilot/git";
import { REPOSITORY_NAME } from "@patchpilot/owner";
import { rcompare } from "semver";
import { writeMonorepoCommits } from "../commits/monorepo-commits.ts";
import { writeReleaseMessage } from "../commits/release-message.ts";
import { writeCommit, writeTree } from "../commits/write-commit.ts";
import type { ReleaseSource } from "../release-source.ts";
import { writeActionTree } from "../trees/action-tree.ts";
import type { Pins } from "../trees/references.ts";
import { digestDist } from "../trees/tree-digest.ts";
import type { Refs, ReleaseFacts } from "./facts.ts";
import type { ReleasePorts } from "./ports.ts";
import { parseCommit, readTagged } from "./read-tagged.ts";

/** Reads what is released of an action, and writes the commit that this build makes of it to the local git folder. */
export async function readActionFacts(
  source: ReleaseSource,
  action: string,
  ports: ReleasePorts,
): Promise<ReleaseFacts> {
  const version = source.actions[action] ?? "";
  const { refs, newest, tag } = await readRepository(action, version, ports);
  const last = newest === undefined ? undefined : refs.versions[newest];
  const parent = tag === undefined ? (last ?? refs.main) : (await parseCommit(ports.place, tag))?.parents[0];
  const candidate = await writeCandidate(source, action, parent, ports);
  return {
    ...describeSource(source, action, version),
    candidate,
    refs,
    ...(newest === undefined ? {} : { newest }),
    mainFits:
      refs.main === undefined || last === undefined || (await isCommitIn(ports.place, refs.main, last)),
    ...(tag === undefined ? {} : { tagged: await readTagged(ports.place, tag, candidate) }),
    releases: await ports.readReleases(action, `v${version}`),
  };
}

/** The same of the repository that all is developed in. */
export async function readMonorepoFacts(
  source: ReleaseSource,
  pins: Pins,
  ports: ReleasePorts,
): Promise<ReleaseFacts> {
  const { version, commit } = source;
  const { refs, newest, tag } = await readRepository(REPOSITORY_NAME, version, ports);
  const tagged = tag === undefined ? undefined : await readTagged(ports.place, tag);
  const isOurs = tagged === undefined || tagged.message?.source.commit === commit;
  return {
    ...describeSource(source, REPOSITORY_NAME, version),
    ...(isOurs ? { candidate: await writeMonorepoCommits(ports.place, source, pins) } : {}),
    refs,
    ...(newest === undefined ? {} : { newest }),
    mainFits: refs.main !== undefined && (await isCommitIn(ports.place, commit, refs.main)),
    ...(tagged === undefined ? {} : { tagged }),
    releases: await ports.readReleases(REPOSITORY_NAME, `v${version}`),
  };
}

const describeSource = ({ owner, commit }: ReleaseSource, repository: string, version: string) => ({
  owner,
  repository,
  version,
  source: commit,
});

/** Refs of a repository, with the commits that matter brought here. */
async function readRepository(
  repository: string,
  version: string,
  ports: ReleasePorts,
): Promise<{ readonly refs: Refs; readonly newest: string | undefined; readonly tag: string | undefined }> {
  const refs = await ports.readRefs(repository);
  const newest = Object.keys(refs.versions).sort(rcompare)[0];
  const tag = refs.versions[version];
  const wanted = [
    ...(refs.main === undefined ? [] : ["refs/heads/main"]),
    ...(newest === undefined ? [] : [`refs/tags/v${newest}`]),
    ...(tag === undefined || newest === version ? [] : [`refs/tags/v${version}`]),
  ];
  if (wanted.length > 0) await ports.fetch(repository, wanted);
  return { refs, newest, tag };
}

async function writeCandidate(
  source: ReleaseSource,
  action: string,
  parent: string | undefined,
  { place }: ReleasePorts,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "release-action-"));
  try {
    writeActionTree(source, action, folder);
    const message = writeReleaseMessage({
      repository: action,
      version: source.actions[action] ?? "",
      source: { repository: `${source.owner}/${REPOSITORY_NAME}`, commit: source.commit },
      dist: digestDist(folder),
    });
    return await writeCommit(place, {
      tree: await writeTree(place, folder),
      parent,
      time: source.time,
      message,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
