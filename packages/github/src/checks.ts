import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { type GraphqlError, readReply } from "./graphql.ts";
import { askFields, nodes } from "./repository-query.ts";

/** A check run on a commit. A commit status is none: nothing says which App set it. */
export type CommitCheck = {
  /** Its node id. */
  readonly id: string;
  readonly name: string;
  /** Slug of the App that reports it; `github-actions` for jobs. */
  readonly app: string;
  /** `ended`: in any other way than red; also if someone cancelled it, or has to act. */
  readonly state: "pending" | "red" | "ended";
  readonly conclusion: string | null;
  /** A rule requires it for the merge. */
  readonly isRequired: boolean;
  /** A job's id, which is the check run's. */
  readonly job: number;
  /** The workflow run of a job. */
  readonly run?: string;
};

/** What is checked of a pull request. */
export type PullChecks = {
  readonly checks: readonly CommitCheck[];
  /** Checks of the newest commits of the base branch, newest commit first. */
  readonly base: readonly Pick<CommitCheck, "name" | "app" | "state">[];
  readonly head: string;
  readonly tree: string;
  /** The branch is in this repository. */
  readonly isOwn: boolean;
  /** Nothing is missing in `checks`. */
  readonly isComplete: boolean;
};

const MOST_CHECKS = 100;
/** CI may still be at work on the newest commit of the base, or have been cancelled by the next push. */
const BASE_COMMITS = 5;

/** An answer that lacks checks, or statuses of others, because the token may not read them. */
export const isForbiddenCheck = ({ type, path = [] }: GraphqlError): boolean =>
  type === "FORBIDDEN" && path.includes("statusCheckRollup");

const checkSchema = z.looseObject({
  id: z.string(),
  databaseId: z.number().nullable(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  isRequired: z.boolean().optional(),
  checkSuite: z.looseObject({
    app: z.looseObject({ slug: z.string() }).nullable(),
    workflowRun: z.looseObject({ databaseId: z.number().nullable() }).nullish(),
  }),
});
const statusSchema = z.looseObject({ __typename: z.literal("StatusContext") });
const rollupSchema = z.looseObject({
  contexts: nodes(z.union([statusSchema, checkSchema]).nullable()).extend({ totalCount: z.number() }),
});
const commitSchema = z.looseObject({ statusCheckRollup: rollupSchema.nullable() });
const pullSchema = z
  .looseObject({
    headRefOid: z.string(),
    isCrossRepository: z.boolean(),
    commits: nodes(
      z.looseObject({
        commit: commitSchema.extend({ oid: z.string(), tree: z.looseObject({ oid: z.string() }) }),
      }),
    ),
    baseRef: z
      .looseObject({ target: z.looseObject({ history: nodes(commitSchema).optional() }).nullable() })
      .nullable(),
  })
  .nullish();

const composeRollup = (more: string) =>
  `statusCheckRollup { contexts(first: ${MOST_CHECKS}) { totalCount nodes { __typename ... on CheckRun { id databaseId name
        status conclusion ${more} checkSuite { app { slug } workflowRun { databaseId } } } } } }`;

const composePull = (
  number: number,
) => `p${number}: pullRequest(number: ${number}) { headRefOid isCrossRepository
      commits(last: 1) { nodes { commit { oid tree { oid } ${composeRollup(`isRequired(pullRequestNumber: ${number})`)} } } }
      baseRef { target { ... on Commit { history(first: ${BASE_COMMITS}) { nodes { ${composeRollup("")} } } } } }
    }`;

/**
 * Reads the checks of pull requests and of their bases, in one request.
 * @returns by number; one whose checks the token may not read, or whose head moved meanwhile, is absent
 */
export async function readChecks(
  github: GitHub,
  repository: RepositoryName,
  numbers: readonly number[],
): Promise<Map<number, PullChecks>> {
  const answer = await askFields(github, repository, {
    name: "PullChecks",
    fields: numbers.map(composePull),
    spares: isForbiddenCheck,
  });
  return new Map(
    numbers.flatMap((number): [number, PullChecks][] => {
      const checks = toPullChecks(readReply(pullSchema, answer[`p${number}`], `checks of #${number}`));
      return checks === undefined ? [] : [[number, checks]];
    }),
  );
}

function toPullChecks(pull: z.output<typeof pullSchema>): PullChecks | undefined {
  const commit = pull?.commits.nodes[0]?.commit;
  const rollup = commit?.statusCheckRollup;
  if (pull == null || commit === undefined || rollup == null || commit.oid !== pull.headRefOid)
    return undefined;
  const history = pull.baseRef?.target?.history?.nodes ?? [];
  return {
    head: commit.oid,
    tree: commit.tree.oid,
    isOwn: !pull.isCrossRepository,
    checks: listChecks(rollup),
    isComplete: rollup.contexts.totalCount <= MOST_CHECKS,
    base: history.flatMap(({ statusCheckRollup: of }) => (of === null ? [] : listChecks(of))),
  };
}

const listChecks = ({ contexts }: z.output<typeof rollupSchema>): CommitCheck[] =>
  contexts.nodes.flatMap((node) => (node === null || !("databaseId" in node) ? [] : toCheck(node as Node)));

type Node = z.output<typeof checkSchema>;
const RED: readonly (string | null)[] = ["FAILURE", "TIMED_OUT", "STARTUP_FAILURE"];

function toCheck({ id, databaseId, name, status, conclusion, isRequired, checkSuite }: Node): CommitCheck {
  const run = checkSuite.workflowRun?.databaseId;
  return {
    id,
    name,
    app: checkSuite.app?.slug ?? "",
    state: status !== "COMPLETED" ? "pending" : RED.includes(conclusion) ? "red" : "ended",
    conclusion,
    isRequired: isRequired === true,
    job: databaseId ?? 0,
    ...(run == null ? {} : { run: String(run) }),
  };
}

type Annotation = { readonly path: string; readonly line: number | null; readonly message: string };

/** What a check says of its result: texts of anyone who ran it. */
export type CheckWords = {
  readonly title: string;
  readonly annotations: readonly Annotation[];
  readonly summary: string;
};

const wordsSchema = z.looseObject({
  id: z.string(),
  title: z.string().nullable(),
  summary: z.string().nullable(),
  annotations: nodes(
    z
      .looseObject({
        path: z.string(),
        annotationLevel: z.string().nullable(),
        message: z.string(),
        location: z.looseObject({ start: z.looseObject({ line: z.number().nullable() }) }),
      })
      .nullable(),
  ).nullable(),
});
const WORDS = `query CheckWords($ids: [ID!]!) {
  nodes(ids: $ids) { ... on CheckRun { id title summary
    annotations(first: 30) { nodes { path annotationLevel message location { start { line } } } } } }
}`;

/** What checks say, by node id; of the first 30 annotations those that are failures. */
export async function readCheckWords(
  github: GitHub,
  ids: readonly string[],
): Promise<Map<string, CheckWords>> {
  const schema = z.looseObject({ nodes: z.array(wordsSchema.nullable()) });
  const reply = await github.query(WORDS, { ids }, schema);
  return new Map(
    reply.nodes.flatMap((node): [string, CheckWords][] => {
      if (node === null) return [];
      const annotations = (node.annotations?.nodes ?? []).flatMap((each) =>
        each?.annotationLevel === "FAILURE"
          ? [{ path: each.path, line: each.location.start.line, message: each.message }]
          : [],
      );
      return [[node.id, { title: node.title ?? "", summary: node.summary ?? "", annotations }]];
    }),
  );
}
