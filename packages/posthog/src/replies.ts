import { HttpFailure, type HttpFailureKind } from "@patchpilot/http";
import * as z from "zod";

/** A count: PostHog sends 64-bit integers as numbers or as text, by version. */
const count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);

const table = z.object({
  columns: z.array(z.string()),
  results: z.array(z.array(z.unknown())),
  hasMore: z.boolean().nullish(),
  error: z.string().nullish(),
});
export type Table = z.output<typeof table>;

const status = z.object({
  id: z.string(),
  complete: z.boolean().nullish(),
  error: z.boolean().nullish(),
  error_message: z.string().nullish(),
  results: table.nullish(),
});

/** PostHog may answer 200 for a query that failed, with the reason in the place of a result. */
const failed = z.object({ error: z.string().min(1) });

/** An answer at once. A query that runs on has `query_status` instead. */
export const queryReply = z.union([z.object({ query_status: status }), table, failed]);
export type QueryReply = z.output<typeof queryReply>;

const TOO_HEAVY = /execution time|timed? ?out|too long|memory/i;
/** Whether PostHog says that a query asks for too much, whatever the status. */
export const isTooHeavy = (detail = ""): boolean => TOO_HEAVY.test(detail);

export const failQuery = (kind: HttpFailureKind, happened: string, detail?: string): HttpFailure =>
  new HttpFailure({
    kind,
    provider: "PostHog",
    asked: "a HogQL query",
    happened,
    detail,
    remedy: isTooHeavy(detail)
      ? "The query is too heavy for this project: ask for a shorter time or for fewer events."
      : undefined,
  });

/** A row as columns by name. */
export type Row = { readonly text: (column: string) => string; readonly count: (column: string) => number };

/**
 * Reads the rows of a result by the names that the query gave its columns.
 * @throws HttpFailure `unreadable` for a missing column or a wrong value: it must never be read as zero.
 */
export function readRows({ columns, results }: Table): Row[] {
  const read = <T>(row: readonly unknown[], column: string, schema: z.ZodType<T>): T => {
    const found = schema.safeParse(row[columns.indexOf(column)]);
    if (found.success) return found.data;
    throw failQuery("unreadable", `sent a result whose column ${column} cannot be read`);
  };
  return results.map((row) => ({
    text: (column) => read(row, column, z.string()),
    count: (column) => read(row, column, count),
  }));
}
