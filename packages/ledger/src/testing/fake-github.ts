import type { GitHub, GitHubComment, Mutation, MutationResult } from "@patchpilot/github";

type Commit = { readonly message: string; readonly parents: readonly string[] };

/** Refs, commits and comments in memory, behind the part of `GitHub` that the ledger uses. */
export type FakeGitHub = {
  readonly github: GitHub;
  readonly refs: Map<string, string>;
  readonly commits: Map<string, Commit>;
  readonly bodies: Map<string, string>;
  /** Comments of issues by their node id, as a second look shows them. */
  readonly comments: Map<string, GitHubComment[]>;
  /** What files of the repository hold, by path. */
  readonly files: Map<string, string>;
  /** Every question that was asked, by the name of its query. */
  readonly questions: string[];
  /** Every mutation that was sent. */
  readonly mutations: Mutation[];
  /** How many refs each query asked for. */
  readonly asked: number[];
  /** Names of the labels that a later read of the repository shows. */
  readonly labels: string[];
  /** The labels of issues by their node id, as a second look shows them; of others it shows nothing. */
  readonly labelled: Map<string, readonly string[]>;
  /** Puts a ref on a new commit with this message. */
  readonly put: (ref: string, message: string, parents?: readonly string[]) => string;
};

/** @param answer what a mutation comes to; undefined: what GitHub would say to it. */
export function fakeGitHub(
  answer: (mutation: Mutation) => MutationResult | undefined = () => undefined,
): FakeGitHub {
  const refs = new Map<string, string>();
  const commits = new Map<string, Commit>();
  const bodies = new Map<string, string>();
  const comments: FakeGitHub["comments"] = new Map();
  const files = new Map<string, string>();
  const questions: string[] = [];
  const mutations: Mutation[] = [];
  const asked: number[] = [];
  const labels: string[] = [];
  const labelled: FakeGitHub["labelled"] = new Map();
  const commit = (made: Commit): string => {
    const oid = `c${commits.size + 1}`;
    commits.set(oid, made);
    return oid;
  };
  const stateOf = (name: string) => {
    const oid = refs.get(name);
    return oid === undefined ? null : { target: { oid, message: commits.get(oid)?.message } };
  };
  const apply = (mutation: Mutation): MutationResult =>
    answer(mutation) ?? write(mutation, { refs, commits });
  const github = {
    request: async (_route: string, given: Commit) => ({
      data: { sha: commit({ message: given.message, parents: given.parents }) },
    }),
    clock: async () => new Date("2026-11-21T10:00:00Z"),
    query: async (document: string, variables: Record<string, unknown>) => {
      questions.push(/query (\w+)/.exec(document)?.[1] ?? "");
      const refsOf = (asked: readonly (readonly [name: string, ref: unknown])[]) =>
        Object.fromEntries(asked.map(([name, ref]) => [`r${name.slice(1)}`, stateOf(String(ref))]));
      const names = Object.entries(variables).filter(([name]) => /^n\d+$/.test(name));
      if (document.includes("RecordsAgain"))
        return {
          repository: refsOf(names),
          nodes: (variables["ids"] as string[]).map((id) =>
            bodies.has(id) ? { id, body: bodies.get(id) } : null,
          ),
          issues: (variables["issues"] as string[]).map((id) => {
            const nodes = comments.get(id) ?? [];
            return { id, comments: { totalCount: nodes.length, nodes } };
          }),
          labelled: (variables["labelled"] as string[]).map((id) => ({
            id,
            ...(labelled.has(id) && { labels: { nodes: labelled.get(id)?.map((name) => ({ name })) } }),
          })),
        };
      if (document.includes("query Texts"))
        return {
          repository: Object.fromEntries(
            Object.entries(variables).flatMap(([name, path]) =>
              /^e\d+$/.test(name)
                ? [[`t${name.slice(1)}`, { text: files.get(String(path).replace("HEAD:", "")) ?? null }]]
                : [],
            ),
          ),
        };
      if (document.includes("query Issues"))
        return { repository: { labels: { nodes: labels.map((name) => ({ id: `LA_${name}`, name })) } } };
      if (document.includes("query BranchHead"))
        return {
          repository: { defaultBranchRef: { name: "main", target: { oid: "head", tree: { oid: "tree" } } } },
        };
      asked.push(names.length);
      return { repository: refsOf(names) };
    },
    mutate: async (sent: readonly Mutation[]) => {
      mutations.push(...sent);
      return sent.map(apply);
    },
  };
  return {
    github: github as unknown as GitHub,
    refs,
    commits,
    bodies,
    comments,
    files,
    questions,
    mutations,
    asked,
    labels,
    labelled,
    put: (ref, message, parents = []) => {
      const oid = commit({ message, parents });
      refs.set(ref, oid);
      return oid;
    },
  };
}

const done = (data: unknown = {}): MutationResult => ({ state: "done", data });
const refused = (message: string): MutationResult => ({ state: "refused", message, type: "UNPROCESSABLE" });

/** What GitHub does to refs: creating fails where one exists, and an update must be a fast-forward. */
function write(
  { field, input }: Mutation,
  { refs, commits }: { refs: Map<string, string>; commits: ReadonlyMap<string, Commit> },
): MutationResult {
  if (field === "createRef") {
    const { name, oid } = input as { name: string; oid: string };
    if (refs.has(name)) return refused(`A ref named "${name}" already exists in the repository.`);
    refs.set(name, oid);
    return done();
  }
  if (field === "updateRefs") {
    const [update] = input["refUpdates"] as { name: string; beforeOid: string; afterOid: string }[];
    if (update === undefined) return refused("No update.");
    if (refs.get(update.name) !== update.beforeOid) return refused("The ref is not at its expected commit.");
    if (!commits.get(update.afterOid)?.parents.includes(update.beforeOid))
      return refused("The update is not a fast-forward.");
    refs.set(update.name, update.afterOid);
    return done();
  }
  if (field === "createLabel") return done({ label: { id: `L_${input["name"]}`, name: input["name"] } });
  return done();
}
