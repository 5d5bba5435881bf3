import {
  askInPortions,
  COMMENT,
  commentSchema,
  composeRefs,
  type GitHub,
  type GitHubComment,
  ONCE,
  type Portion,
  type RefState,
  type RepositoryName,
  readAllComments,
  readRef,
  splitEvery,
} from "@patchpilot/github";
import type { Incident, Sequences, Stored } from "@patchpilot/incident";
import * as z from "zod";
import { likelyClaimRefs, readClaims } from "./claims.ts";
import { knownSequences } from "./older-records.ts";

/** @param refs what asks for claims in the same request; nothing if none is asked for */
const composeAgain = ({ fields, parameters }: { readonly fields: string[]; readonly parameters: string[] }) =>
  `query RecordsAgain($ids: [ID!]!, $issues: [ID!]!, $labelled: [ID!]!${fields.length > 0 ? ", $owner: String!, $repo: String!" : ""}${parameters.join("")}) {
  nodes(ids: $ids) { id ... on IssueComment { body } }
  issues: nodes(ids: $issues) { id ... on Issue { comments(last: 40) { totalCount nodes { ${COMMENT} } } } }
  labelled: nodes(ids: $labelled) { id ... on Issue { labels(first: 100) { nodes { name } } } }
  ${fields.length > 0 ? `repository(owner: $owner, name: $repo) { ${fields.join(" ")} }` : ""}
}`;
const commentsSchema = z.looseObject({ totalCount: z.number(), nodes: z.array(commentSchema) });
const labelsSchema = z.looseObject({ nodes: z.array(z.looseObject({ name: z.string() }).nullable()) });
const reply = z.looseObject({
  nodes: z.array(z.looseObject({ id: z.string(), body: z.string().optional() }).nullable()),
  issues: z.array(z.looseObject({ id: z.string(), comments: commentsSchema.optional() }).nullable()),
  labelled: z.array(z.looseObject({ id: z.string(), labels: labelsSchema.nullish() }).nullable()),
  repository: z.record(z.string(), z.unknown()).nullish(),
});

/** In one request, if GitHub can answer it: 100 comments that are rewritten, 50 issues of each kind, and 100 refs. */
const RECORDS = 100;
const ISSUES = 50;
const REFS = 100;

/** What the issues hold now. */
export type Again = {
  /** Comments that moved on or are gone. */
  readonly moved: ReadonlySet<string>;
  /** All comments of the issues that were asked about, by number. */
  readonly comments: ReadonlyMap<number, readonly GitHubComment[]>;
  /** The labels of issues whose labels are about to change, by number. */
  readonly labels: ReadonlyMap<number, readonly string[]>;
  /** What claims know of the sequences of the records, by number of issue. */
  readonly known: ReadonlyMap<number, Sequences>;
};

/** What is read again. */
export type Question = {
  /** Those that are about to be rewritten. */
  readonly records: readonly Stored<unknown>[];
  /** On which something is about to be said once. */
  readonly issues: readonly Pick<Incident, "number" | "nodeId">[];
  /** Whose labels are about to change. */
  readonly labelled: readonly Pick<Incident, "number" | "nodeId">[];
  /** Whose claims are read, with the highest attempt that records mention. */
  readonly attempts: ReadonlyMap<number, number>;
};

/**
 * Reads again what is about to be rewritten: last write wins, so a run that read an older text must not be the last, and
 * one that saw older labels must not leave them beside its own. Of issues on which something is about to be said once it
 * reads all comments, for another run may have said it. Claims come in the same request: they know whether a record is
 * older than it was.
 */
export async function readAgain(github: GitHub, name: RepositoryName, question: Question): Promise<Again> {
  const { records, issues, labelled, attempts } = question;
  const { bodies, found, labels, refs } = await askInPortions(github, (portion) =>
    askAgain(github, name, question, portion),
  );
  const claims = await readClaims(github, name, attempts, refs);
  const moved = records.filter(({ commentId, body }) => bodies.get(commentId) !== body);
  const comments = new Map<number, readonly GitHubComment[]>();
  for (const { number, nodeId } of issues) {
    const last = found.get(nodeId);
    if (last === undefined) continue;
    const isWhole = last.totalCount <= last.nodes.length;
    comments.set(number, isWhole ? last.nodes : await readAllComments(github, name, number));
  }
  return {
    moved: new Set(moved.map(({ commentId }) => commentId)),
    comments,
    labels: new Map(
      labelled.flatMap(({ number, nodeId }) => {
        const now = labels.get(nodeId);
        return now === undefined ? [] : [[number, now] as const];
      }),
    ),
    known: new Map([...claims].map(([number, own]) => [number, knownSequences(own)])),
  };
}

/** What GitHub holds of these now: bodies by comment, the newest comments by issue, and claims. */
async function askAgain(
  github: GitHub,
  name: RepositoryName,
  { records, issues, labelled, attempts }: Question,
  { size }: Portion,
) {
  const rewritten = splitEvery(records, size(RECORDS));
  const told = splitEvery(issues, size(ISSUES));
  const shown = splitEvery(labelled, size(ISSUES));
  const claimed = splitEvery(likelyClaimRefs(attempts), size(REFS));
  const bodies = new Map<string, string | undefined>();
  const found = new Map<string, z.output<typeof commentsSchema>>();
  const labels = new Map<string, readonly string[]>();
  const refs = new Map<string, RefState | undefined>();
  const parts = Math.max(rewritten.length, told.length, shown.length, claimed.length);
  for (let part = 0; part < parts; part += 1) {
    const names = claimed[part] ?? [];
    const asked = composeRefs(names);
    const variables = {
      ids: (rewritten[part] ?? []).map(({ commentId }) => commentId),
      issues: (told[part] ?? []).map(({ nodeId }) => nodeId),
      labelled: (shown[part] ?? []).map(({ nodeId }) => nodeId),
      ...(names.length > 0 ? { ...name, ...asked.variables } : {}),
    };
    const answer = await github.query(composeAgain(asked), variables, reply, { ...ONCE, spares: isRef });
    for (const node of answer.nodes) if (node) bodies.set(node.id, node.body);
    for (const node of answer.issues) if (node?.comments) found.set(node.id, node.comments);
    for (const node of answer.labelled)
      if (node?.labels)
        labels.set(
          node.id,
          node.labels.nodes.flatMap((label) => label?.name ?? []),
        );
    for (const [index, ref] of names.entries()) refs.set(ref, readRef(answer.repository ?? {}, ref, index));
  }
  return { bodies, found, labels, refs };
}

/** A job without `contents: read` sees no claims, and writes what it has to write all the same. */
const isRef = ({ path = [] }: { readonly path?: readonly unknown[] }): boolean => path[0] === "repository";
