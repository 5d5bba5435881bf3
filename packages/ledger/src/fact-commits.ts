import {
  createFactCommit,
  createRefs,
  fastForwardRefs,
  type GitHub,
  type MutationResult,
  type RepositoryName,
} from "@patchpilot/github";

/** The one place that names our refs. Should GitHub refuse the namespace, `refs/tags/patchpilot` is the fallback. */
export const REF_NAMESPACE = "refs/patchpilot";

export const claimRef = (issue: number, attempt: number): string =>
  `${REF_NAMESPACE}/claims/${issue}-a${attempt}`;
export const gateRef = (key: string): string => `${REF_NAMESPACE}/gates/${key}`;
/** @param month in UTC, as `2026-11` */
export const spendRef = (month: string): string => `${REF_NAMESPACE}/spend/${month}`;
/** @param week its first day, as `2026-11-26` */
export const watchRef = (week: string): string => `${REF_NAMESPACE}/index/${week}`;
/** What intake knows of all open issues of Sentry's. */
export const accountRef = `${REF_NAMESPACE}/index/intake`;
/** What PatchPilot did to the workflow that holds the schedule. */
export const scheduleRef = `${REF_NAMESPACE}/schedule`;
export const incidentRef = (hash: string): string => `${REF_NAMESPACE}/incidents/${hash}`;

/** The commit that new facts stand on: a branch head of this moment, whose tree they keep. */
export type FactBase = { readonly oid: string; readonly tree: string };

/** A ref to point at new facts. `from`: the commit that it must still be at; absent: it must not exist yet. */
export type FactRef = { readonly name: string; readonly from?: string | undefined };

/**
 * Writes facts as one commit (a line for people, then JSON) and points refs at it, each on its own: it creates those that
 * must not exist yet, and fast-forwards the others. Another run may have been at a ref first.
 * @returns the commit, and what became of each ref, in their order
 */
export async function writeFacts(
  github: GitHub,
  repository: RepositoryName & { readonly nodeId: string },
  commit: { readonly title: string; readonly facts: object; readonly base: FactBase },
  refs: readonly FactRef[],
): Promise<{ readonly oid: string; readonly results: readonly MutationResult[] }> {
  const { owner, repo, nodeId } = repository;
  const parents = [...new Set(refs.flatMap(({ from }) => from ?? []))];
  const oid = await createFactCommit(
    github,
    { owner, repo },
    {
      message: `${commit.title}\n\n${JSON.stringify({ v: 1, ...commit.facts })}\n`,
      tree: commit.base.tree,
      parents: parents.length > 0 ? parents : [commit.base.oid],
    },
  );
  const absent = refs.filter(({ from }) => from === undefined).map(({ name }) => ({ name, oid }));
  const known = refs.flatMap(({ name, from }) => (from === undefined ? [] : [{ name, oid, from }]));
  const created = [...(await createRefs(github, nodeId, absent))];
  const moved = [...(await fastForwardRefs(github, nodeId, known))];
  const results = refs.map(({ from }) => (from === undefined ? created : moved).shift() ?? NO_ANSWER);
  return { oid, results };
}

const NO_ANSWER: MutationResult = { state: "unknown", message: "GitHub did not answer." };

/** Reads the facts of a commit message; undefined where they are not JSON. */
export function readFacts(message: string): unknown {
  const start = message.indexOf("\n\n");
  if (start < 0) return undefined;
  try {
    return JSON.parse(message.slice(start + 2));
  } catch {
    return undefined;
  }
}

/**
 * Whether GitHub refused a ref because another run was there first: it exists already, or is not where it was read.
 * Anything else is a permission, a ruleset or a limit.
 */
export const isRace = (message: string): boolean =>
  /already exists|expected|fast.?forward|match|is not at|moved meanwhile/i.test(message);
