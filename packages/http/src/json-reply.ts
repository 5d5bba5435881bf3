import { remedyForAddress } from "./address-refusal.ts";
import type { CompleteReply } from "./exchange.ts";
import { HttpFailure, kindOfStatus, type Remedies } from "./failure.ts";

/** Who was asked what, for messages. */
type AskedQuestion = {
  readonly provider: string;
  /** "GET /api/0/…", without query. */
  readonly asked: string;
  readonly remedies?: Remedies | undefined;
};

/**
 * Reads a reply as JSON and checks it.
 * @param parse gives the typed value or throws; a zod schema's `parse` fits, and the first field it names is told.
 * @throws HttpFailure by status (`unauthorized`, `forbidden`, …), or `unreadable` for HTML, broken JSON and wrong fields.
 */
export async function jsonReply<T>(
  response: Pick<CompleteReply, "status" | "headers" | "text">,
  parse: (value: unknown) => T,
  { remedies, ...asked }: AskedQuestion,
): Promise<T> {
  const { status, headers } = response;
  const fail = (
    kind: keyof Remedies,
    happened: string,
    more: { detail?: string | undefined; cause?: unknown; remedy?: string } = {},
  ) => new HttpFailure({ ...asked, kind, happened, status, remedy: remedies?.[kind], ...more });
  const text = await response.text();
  const refusal = kindOfStatus(status);
  if (refusal !== undefined) {
    const detail = readDetail(text);
    const isJson = tryParse(text) !== undefined;
    const remedy = remedyForAddress(asked.provider, { status, detail, isJson });
    throw fail(refusal, `answered ${status}`, { detail, ...(remedy && { remedy }) });
  }
  const type = headers.get("content-type") ?? "none";
  if (!/\bjson\b/i.test(type)) throw fail("unreadable", `sent ${mediaType(type)} where JSON was expected`);
  const value = tryParse(text);
  if (value === undefined) throw fail("unreadable", "sent broken JSON");
  try {
    return parse(value);
  } catch (cause) {
    const happened = `sent a reply that cannot be read: ${explainMismatch(cause)}`;
    throw fail("unreadable", happened, { cause });
  }
}

function mediaType(type: string): string {
  const name = type.split(";")[0]?.trim() ?? "";
  if (name === "text/html") return "an HTML page";
  return /^[\w.+-]+\/[\w.+-]+$/.test(name) ? name : "no content type";
}

/** The first field that a schema complains about. Zod's errors carry `issues` with a path. */
function explainMismatch(error: unknown): string {
  const issues = (error as { issues?: unknown })?.issues;
  const issue = Array.isArray(issues) ? (issues[0] as { path?: unknown; message?: unknown }) : undefined;
  if (issue === undefined) return error instanceof Error ? oneLine(error.message) : "unknown shape";
  const path =
    Array.isArray(issue.path) && issue.path.length > 0 ? issue.path.map(String).join(".") : "the whole";
  return `field ${path}: ${oneLine(String(issue.message))}`;
}

/** What a provider says in an error reply: Sentry `detail`, GitHub `message`, Vercel `error.message`. */
export function readDetail(text: string): string | undefined {
  const body = tryParse(text);
  if (typeof body !== "object" || body === null) return undefined;
  const { detail, message, error } = body as Record<string, unknown>;
  const nested = [detail, error].find((value) => typeof value === "object" && value !== null);
  const candidates = [detail, message, (nested as { message?: unknown } | undefined)?.message, error];
  const found = candidates.find((value): value is string => typeof value === "string" && value !== "");
  return found === undefined ? undefined : oneLine(found);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A provider's words on one line: no control characters, at most 200 characters. */
function oneLine(text: string): string {
  const line = text
    .slice(0, 2_000)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
