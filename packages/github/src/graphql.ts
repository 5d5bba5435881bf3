import type { Octokit } from "@octokit/rest";
import { type Http, HttpFailure, type HttpFailureKind } from "@patchpilot/http";
import * as z from "zod";
import { remedyForRefusal } from "./refusals.ts";

export type GraphqlError = {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly unknown[];
};
/** `data` is undefined where nothing was executed, null where the execution broke (GraphQL specification, 7.1). */
export type GraphqlReply = { readonly data: unknown; readonly errors: readonly GraphqlError[] };

/** What GraphQL over HTTP answers; anything else comes from whatever is in between. */
const replySchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.looseObject({ message: z.string() })).nullish(),
});

/** @throws HttpFailure also where the reply is none of GraphQL's. */
export async function postGraphql(
  octokit: Octokit,
  url: string,
  question: {
    readonly query: string;
    readonly variables: Record<string, unknown>;
    readonly request: { readonly fetch: Http["fetch"] };
  },
): Promise<GraphqlReply> {
  const reply = await octokit.request({ method: "POST", url, ...question } as never);
  const { data, errors } = readReply(replySchema, reply.data, nameDocument(question.query));
  return { data, errors: (errors ?? []) as GraphqlError[] };
}

/** The name by which failures speak of a document: `query Issues`. */
export const nameDocument = (document: string): string =>
  /(query|mutation)\s+(\w+)/.exec(document)?.[0] ?? "a query";

/** @throws HttpFailure `unreadable` that names the first field that is not as promised. */
export function readReply<S extends z.ZodType>(schema: S, data: unknown, asked: string): z.output<S> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  throw new HttpFailure({
    kind: "unreadable",
    provider: "GitHub",
    asked,
    happened: `answered without a readable \`${first?.path.join(".") || "answer"}\``,
    detail: first?.message,
    remedy: "GitHub changed its answer, or the server is older than this version supports.",
  });
}

/** A repository that the token may not see is not an empty one. @throws HttpFailure `not-found` */
export function refuseUnseen({ data, errors }: GraphqlReply, asked: string): void {
  if ((data as { readonly repository?: unknown } | null | undefined)?.repository !== null) return;
  throw new HttpFailure({
    kind: "not-found",
    provider: "GitHub",
    asked,
    happened: "shows no such repository",
    detail: errors[0]?.message,
  });
}

const KIND_OF_TYPE: Readonly<Record<string, HttpFailureKind>> = {
  FORBIDDEN: "forbidden",
  NOT_FOUND: "not-found",
  RATE_LIMITED: "rate-limited",
  RATE_LIMIT: "rate-limited",
  RESOURCE_LIMITS_EXCEEDED: "too-large",
  MAX_NODE_LIMIT_EXCEEDED: "too-large",
};
/** What GitHub says, without a type, where its own time for a query ran out. */
const GAVE_UP = /something went wrong while executing|resource limits|timed? ?out/i;

export function graphqlFailure(error: GraphqlError, asked: string): HttpFailure {
  const kind = KIND_OF_TYPE[error.type ?? ""] ?? (GAVE_UP.test(error.message) ? "too-large" : "rejected");
  return new HttpFailure({
    kind,
    provider: "GitHub",
    asked: error.path ? `${asked} (${error.path.join(".")})` : asked,
    happened: kind === "forbidden" ? "refused" : "answered with an error",
    detail: error.message,
    remedy:
      kind === "forbidden" ? (remedyForRefusal(error.message) ?? forbiddenRemedy(error.path)) : undefined,
  });
}

/** GraphQL does not say which permission is missing, so the field or alias (`i12`, `p0`) that was refused names it. */
function forbiddenRemedy(path: readonly unknown[] | undefined): string {
  const fields = (path ?? []).map(String).join(".");
  const scope = /pullRequest|(^|\.)p\d+/i.test(fields)
    ? "pull-requests: read"
    : /deployment/i.test(fields)
      ? "deployments: read"
      : /issue|label|comment|(^|\.)(i\d+|all|changed|closed|working|proposed|requeued|verifying)\b/i.test(
            fields,
          )
        ? "issues: write"
        : "contents: read";
  return `Add \`${scope}\` to the job's \`permissions:\`, or to the token that you pass.`;
}
