import { HttpFailure, kindOfStatus, type Remedies } from "./failure.ts";

/** Who was asked what, for messages. */
export type AskedQuestion = {
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
  response: Response,
  parse: (value: unknown) => T,
  question: AskedQuestion,
): Promise<T> {
  const text = await response.text();
  refuseStatus(response, text, question);
  const value = parseJson(response, text, question);
  try {
    return parse(value);
  } catch (error) {
    throw unreadable(
      response.status,
      `sent a reply that cannot be read: ${explainMismatch(error)}`,
      question,
      error,
    );
  }
}

/** Throws the failure that a refusing status stands for; returns for every other. */
function refuseStatus(response: Response, text: string, question: AskedQuestion): void {
  const kind = kindOfStatus(response.status);
  if (kind === undefined) return;
  throw new HttpFailure({
    kind,
    provider: question.provider,
    asked: question.asked,
    happened: `answered ${response.status}`,
    status: response.status,
    detail: readDetail(text),
    remedy: question.remedies?.[kind],
  });
}

function parseJson(response: Response, text: string, question: AskedQuestion): unknown {
  const type = response.headers.get("content-type") ?? "none";
  if (!/\bjson\b/i.test(type)) {
    throw unreadable(response.status, `sent ${mediaType(type)} where JSON was expected`, question);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(response.status, "sent broken JSON", question, error);
  }
}

function unreadable(status: number, happened: string, question: AskedQuestion, cause?: unknown): HttpFailure {
  return new HttpFailure({
    kind: "unreadable",
    provider: question.provider,
    asked: question.asked,
    happened,
    status,
    remedy: question.remedies?.unreadable,
    cause,
  });
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
