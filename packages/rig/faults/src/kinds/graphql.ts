import type { AskedRequest } from "../wire/asked.ts";
import { answerJson, type Exchange, type FaultKind } from "./fault-kind.ts";

const GAVE_UP = "Something went wrong while executing your query.";

const fits = ({ isGraphql }: AskedRequest): boolean => isGraphql;

/** GitHub's answer with HTTP 200, in which the fault is. */
const graphql = (
  kind: string,
  wire: string,
  effect: FaultKind["effect"],
  happen: (exchange: Exchange) => Promise<Response>,
): FaultKind => ({ kind, wire, effect, isAmbiguous: true, fits, happen });

type Reply = { readonly data?: Record<string, unknown> | null };

/** The first field of the data, which is what was asked for or the first write. */
async function spoil({ pass }: Exchange, spoilField: (value: unknown) => unknown): Promise<Response> {
  const { data } = (await (await pass()).json()) as Reply;
  const [field = "repository"] = Object.keys(data ?? {});
  const spoilt = { ...data, [field]: spoilField(data?.[field]) };
  return answerJson({ data: spoilt, errors: [{ message: GAVE_UP, path: [field] }] });
}

/** A repository of which the first field is missing. */
const loseFirst = (value: unknown): unknown =>
  typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([name, each], index) => [name, index === 0 ? null : each]),
      )
    : null;

export const GRAPHQL: readonly FaultKind[] = [
  graphql("graphql-errors", "200 with errors and no data; nothing was done", "none", async () =>
    answerJson({ data: null, errors: [{ message: GAVE_UP }] }),
  ),
  graphql(
    "graphql-errors-after",
    "200 with errors and no data, though it was done",
    "done",
    async ({ pass }) => {
      await pass();
      return answerJson({ data: null, errors: [{ message: GAVE_UP }] });
    },
  ),
  graphql("graphql-null-field", "200 with errors, and the first field is null", "done", (exchange) =>
    spoil(exchange, () => null),
  ),
  graphql("graphql-null-inside", "200 with errors, and something within is null", "done", (exchange) =>
    spoil(exchange, loseFirst),
  ),
  graphql(
    "graphql-null-silent",
    "200 without errors, and the first field is null",
    "done",
    async ({ pass }) => {
      const { data } = (await (await pass()).json()) as Reply;
      const [field = "repository"] = Object.keys(data ?? {});
      return answerJson({ data: { ...data, [field]: null } });
    },
  ),
  {
    ...graphql("graphql-rate-limited", "200 that says RATE_LIMITED; nothing was done", "none", async () =>
      answerJson({ data: null, errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }),
    ),
    isAmbiguous: false,
  },
  {
    ...graphql("graphql-forbidden", "200 that says FORBIDDEN; nothing was done", "none", async () =>
      answerJson({
        data: null,
        errors: [{ type: "FORBIDDEN", message: "Resource not accessible by integration" }],
      }),
    ),
    isAmbiguous: false,
    isYours: true,
  },
];
