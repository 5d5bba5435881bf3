import { createFactCommit, type GitHub, type RepositoryName } from "@patchpilot/github";

/** The one place that names our refs. Should GitHub refuse the namespace, `refs/tags/patchpilot` is the fallback. */
export const REF_NAMESPACE = "refs/patchpilot";

export const claimRef = (issue: number, attempt: number): string =>
  `${REF_NAMESPACE}/claims/${issue}-a${attempt}`;
export const gateRef = (key: string): string => `${REF_NAMESPACE}/gates/${key}`;
export const incidentRef = (hash: string): string => `${REF_NAMESPACE}/incidents/${hash}`;

/** The commit that new facts stand on: a branch head of this moment, whose tree they keep. */
export type FactBase = { readonly oid: string; readonly tree: string };

/**
 * Writes facts as a commit: a line for people, then JSON.
 * @param parents what the refs point at now, so that moving them to this commit is a fast-forward for each.
 */
export async function writeFacts(
  github: GitHub,
  repository: RepositoryName,
  commit: {
    readonly title: string;
    readonly facts: object;
    readonly base: FactBase;
    readonly parents?: readonly string[];
  },
): Promise<string> {
  const parents = [...new Set(commit.parents ?? [])];
  return createFactCommit(github, repository, {
    message: `${commit.title}\n\n${JSON.stringify(commit.facts)}\n`,
    tree: commit.base.tree,
    parents: parents.length > 0 ? parents : [commit.base.oid],
  });
}

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
