import { HttpFailure, type Pacing } from "@patchpilot/http";
import type { GraphqlReply } from "./graphql.ts";

/** One mutation of a batch: `addComment`, its input, and what to read back. */
export type Mutation = {
  readonly field: string;
  readonly input: Record<string, unknown>;
  /** Selection of the payload, for example `commentEdge { node { id } }`. */
  readonly select: string;
};

/**
 * What became of one mutation. `refused`: GitHub said no, nothing happened. `unknown`: the reply was lost, so it
 * may have happened; it is settled by reading again, never by sending again.
 */
export type MutationResult =
  | { readonly state: "done"; readonly data: unknown }
  | { readonly state: "refused"; readonly message: string; readonly type: string }
  | { readonly state: "unknown"; readonly message: string };

/** GitHub runs the fields of one mutation in order; 20 that create content keep a request under its 10 s limit. */
const CREATING_PER_REQUEST = 20;
/** How long GitHub takes for a write that notifies nobody, of one that does. */
const LIGHT_TIME = 1 / 2;
/** An edited comment counts as created content, and notifies nobody. */
const estimateTime = (field: string): number =>
  CREATING.has(field) && field !== "updateIssueComment" ? 1 : LIGHT_TIME;

/** What GitHub counts as creating content, and what notifies people as that does. */
const CREATING = new Set(["addComment", "updateIssueComment", "createIssue", "closeIssue", "reopenIssue"]);
/** Of a write that creates none, such as a label or a ref; an eighth is exact in binary. */
export const LIGHT_WRITE = 1 / 8;
const weigh = (field: string): number => (CREATING.has(field) ? 1 : LIGHT_WRITE);

/**
 * Sends mutations in batches. GraphQL errors arrive as HTTP 200, so every alias is checked on its own.
 * A refused credential or an exhausted limit is thrown, because nothing after it can succeed.
 */
export async function sendMutations(
  mutations: readonly Mutation[],
  send: (document: string, variables: Record<string, unknown>) => Promise<GraphqlReply>,
  pacing: Pacing,
): Promise<MutationResult[]> {
  const results: MutationResult[] = [];
  for (const batch of divide(mutations)) {
    await pacing.take(batch.reduce((sum, { field }) => sum + weigh(field), 0));
    results.push(...(await sendBatch(batch, send)));
  }
  return results;
}

function divide(mutations: readonly Mutation[]): Mutation[][] {
  const batches: Mutation[][] = [];
  let room = 0;
  for (const mutation of mutations) {
    const time = estimateTime(mutation.field);
    if (time > room) {
      batches.push([]);
      room = CREATING_PER_REQUEST;
    }
    batches.at(-1)?.push(mutation);
    room -= time;
  }
  return batches;
}

async function sendBatch(
  batch: readonly Mutation[],
  send: (document: string, variables: Record<string, unknown>) => Promise<GraphqlReply>,
): Promise<MutationResult[]> {
  const { document, variables } = composeMutation(batch);
  try {
    const reply = await send(document, variables);
    refuseLimit(reply);
    return batch.map((_, index) => judgeAlias(reply, `m${index}`));
  } catch (error) {
    if (!(error instanceof HttpFailure) || !isLost(error)) throw error;
    return batch.map(() => ({ state: "unknown", message: error.message }));
  }
}

/** A limit that GraphQL tells with HTTP 200 and without having run anything. */
function refuseLimit({ data, errors }: GraphqlReply): void {
  const limit = errors.find(({ type }) => type === "RATE_LIMIT" || type === "RATE_LIMITED");
  if (limit === undefined || data != null) return;
  throw new HttpFailure({
    kind: "rate-limited",
    provider: "GitHub",
    asked: "mutation Write",
    happened: "allows no more requests",
    detail: limit.message,
    remedy: "The next run continues where this one ended.",
  });
}

const isLost = (failure: HttpFailure): boolean =>
  ["ambiguous", "timeout", "network", "server", "unreadable"].includes(failure.kind);

/** One document for a batch; the inputs travel as variables, so no text is ever spliced into GraphQL. */
export function composeMutation(batch: readonly Mutation[]): {
  document: string;
  variables: Record<string, unknown>;
} {
  const inputType = (field: string) => `${field[0]?.toUpperCase()}${field.slice(1)}Input!`;
  const parameters = batch.map(({ field }, index) => `$i${index}: ${inputType(field)}`).join(", ");
  const fields = batch.map(
    ({ field, select }, index) => `  m${index}: ${field}(input: $i${index}) { ${select} }`,
  );
  return {
    document: `mutation Write(${parameters}) {\n${fields.join("\n")}\n}`,
    variables: Object.fromEntries(batch.map(({ input }, index) => [`i${index}`, input])),
  };
}

/** Errors of these types are definite wherever they stand; any other may come after the write. */
const DEFINITE = new Set([
  "FORBIDDEN",
  "INSUFFICIENT_SCOPES",
  "NOT_FOUND",
  "RATE_LIMIT",
  "RATE_LIMITED",
  "UNPROCESSABLE",
]);

/**
 * What one alias came to. A payload means that the write happened, also where a field of it could not be read. GitHub's
 * "Something went wrong", after its own time-out, leaves it open, at a write as well.
 */
function judgeAlias(reply: GraphqlReply, alias: string): MutationResult {
  const data = (reply.data as Record<string, unknown> | null | undefined)?.[alias];
  if (data !== undefined && data !== null) return { state: "done", data };
  const own = reply.errors.find(({ path }) => path?.[0] === alias);
  const error = own ?? reply.errors.find(({ path }) => !/^m\d+$/.test(String(path?.[0])));
  if (error === undefined)
    return { state: "unknown", message: "GitHub's answer does not mention this write." };
  const { message, type = "" } = error;
  const atTheWrite = own?.path?.length === 1;
  const gaveUp = /something went wrong|timeout/i.test(message);
  const isRefused = !gaveUp && (atTheWrite || reply.data === undefined);
  return isRefused || (own === undefined && DEFINITE.has(type))
    ? { state: "refused", message, type }
    : { state: "unknown", message: `GitHub answered with an error: ${message}` };
}
