import * as z from "zod";
import type { GitHub, RepositoryName } from "./client.ts";
import { readReply } from "./graphql.ts";
import { askInPortions, ONCE } from "./portions.ts";
import { askFields, nodes, splitEvery } from "./repository-query.ts";

/** A commit that touched a file. */
export type FileCommit = {
  readonly oid: string;
  readonly committedDate: string;
  readonly messageHeadline: string;
  /** Login of who wrote it; null: GitHub knows no person's account for it. */
  readonly author: string | null;
};

/** One question for the history of a file. */
export type FileQuestion = {
  readonly path: string;
  /** Where to begin: 40 hex digits. Null, or unknown to the repository: the head of the default branch. */
  readonly commit: string | null;
  /** ISO 8601; both ends included. */
  readonly since: string;
  readonly until: string;
};

const treeSchema = z.object({
  tree: z.array(z.object({ path: z.string(), type: z.string() })),
  truncated: z.boolean().optional(),
});

/** Every path of the default branch's files, in one request. `complete` is false where GitHub cut the list. */
export async function listPaths(
  github: GitHub,
  repository: RepositoryName,
): Promise<{ readonly paths: readonly string[]; readonly complete: boolean }> {
  const reply = await github.request("GET /repos/{owner}/{repo}/git/trees/{tree_sha}", {
    ...repository,
    tree_sha: "HEAD",
    recursive: "1",
  });
  const { tree, truncated } = readReply(treeSchema, reply.data, "GET the repository's tree");
  const files = tree.filter(({ type }) => type === "blob");
  return { paths: files.map(({ path }) => path), complete: truncated !== true };
}

const MOST_TEXTS = 50;
const textSchema = z.looseObject({ text: z.string().nullish() }).nullable();

/**
 * The texts of files of the default branch, up to 50 a request.
 * @returns one a path, in order; null for what is none: gone, a folder, or no text.
 */
export async function readFileTexts(
  github: GitHub,
  repository: RepositoryName,
  paths: readonly string[],
): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  for (const batch of splitEvery(paths, MOST_TEXTS)) {
    const answer = await askFields(github, repository, {
      name: "Texts",
      fields: batch.map((_, index) => `t${index}: object(expression: $e${index}) { ... on Blob { text } }`),
      parameters: batch.map((_, index) => `, $e${index}: String!`),
      variables: Object.fromEntries(batch.map((path, index) => [`e${index}`, `HEAD:${path}`])),
    });
    for (const index of batch.keys())
      texts.push(readReply(textSchema, answer[`t${index}`] ?? null, "query Texts")?.text ?? null);
  }
  return texts;
}

/** GitHub walks the commits of each question, and answers a query within 10 s or not at all. */
const QUESTIONS_PER_QUERY = 60;
const COMMITS = 10;

/**
 * Commits that touched files, newest first, at most 10 each; up to 60 different questions a request.
 * @returns one list a question, in order.
 */
export async function readHistories(
  github: GitHub,
  repository: RepositoryName,
  questions: readonly FileQuestion[],
): Promise<FileCommit[][]> {
  const plain = questions.map((one) => ({ ...one, commit: isOid(one.commit) ? one.commit : null }));
  const answers = await askAll(github, repository, plain);
  const unknown = plain.filter((one) => one.commit !== null && answers.get(keyOf(one)) === undefined);
  const again = unknown.map((one) => ({ ...one, commit: null }));
  const fromHead = await askAll(github, repository, again);
  return plain.map((one) => answers.get(keyOf(one)) ?? fromHead.get(keyOf({ ...one, commit: null })) ?? []);
}

const isOid = (commit: string | null): commit is string => /^[0-9a-f]{40}$/.test(commit ?? "");
const keyOf = (question: FileQuestion): string =>
  JSON.stringify([question.path, question.commit, question.since, question.until]);

/** Asks each different question once; one whose commit the repository does not know has no answer. */
async function askAll(
  github: GitHub,
  repository: RepositoryName,
  questions: readonly FileQuestion[],
): Promise<Map<string, FileCommit[]>> {
  const different = [...new Map(questions.map((one) => [keyOf(one), one])).values()];
  const answers = new Map<string, FileCommit[]>();
  const ask = async (batch: readonly FileQuestion[]) => {
    const answer = await askFields(github, repository, { ...composeHistories(batch), ...ONCE });
    for (const [index, question] of batch.entries()) {
      const commit = readReply(commitSchema, answer[`h${index}`] ?? null, "query Histories");
      const history = commit?.history ?? commit?.target?.history;
      if (history !== undefined) answers.set(keyOf(question), history.nodes.map(toFileCommit));
    }
  };
  await askInPortions(github, async ({ size }) => {
    for (const batch of splitEvery(different, size(QUESTIONS_PER_QUERY))) await ask(batch);
  });
  return answers;
}

const historyCommit = z.looseObject({
  oid: z.string(),
  committedDate: z.string(),
  messageHeadline: z.string(),
  author: z.looseObject({ user: z.looseObject({ login: z.string() }).nullish() }).nullish(),
});
const historySchema = nodes(historyCommit);

const toFileCommit = (commit: z.output<typeof historyCommit>): FileCommit => ({
  oid: commit.oid,
  committedDate: commit.committedDate,
  messageHeadline: commit.messageHeadline,
  author: commit.author?.user?.login ?? null,
});

const commitSchema = z
  .looseObject({
    history: historySchema.optional(),
    target: z.looseObject({ history: historySchema.optional() }).nullish(),
  })
  .nullable();

function composeHistories(questions: readonly FileQuestion[]) {
  const parameters: string[] = [];
  const fields: string[] = [];
  const variables: Record<string, string> = {};
  for (const [index, { path, commit, since, until }] of questions.entries()) {
    parameters.push(`, $p${index}: String!, $s${index}: GitTimestamp!, $u${index}: GitTimestamp!`);
    Object.assign(variables, { [`p${index}`]: path, [`s${index}`]: since, [`u${index}`]: until });
    const history = `... on Commit { history(path: $p${index}, since: $s${index}, until: $u${index}, first: ${COMMITS}) { nodes { oid committedDate messageHeadline author { user { login } } } } }`;
    fields.push(
      commit === null
        ? `h${index}: defaultBranchRef { target { ${history} } }`
        : `h${index}: object(oid: "${commit}") { ${history} }`,
    );
  }
  return { name: "Histories", fields, parameters, variables };
}
