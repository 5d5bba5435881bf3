/**
 * Why a call gave no usable answer.
 * `ambiguous`: a write whose reply was lost, so it may or may not have happened. `budget`: the run's own limit.
 * `unreadable`: an answer came, but not what was promised (HTML, a missing field). `too-large`: more was asked for than
 * the provider can answer, or this run can take, at once.
 */
export type HttpFailureKind =
  | "timeout"
  | "network"
  | "ambiguous"
  | "rate-limited"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "rejected"
  | "server"
  | "unreadable"
  | "too-large"
  | "budget";

/** Replaces the general advice of a kind with what helps at this endpoint. */
export type Remedies = Partial<Record<HttpFailureKind, string>>;

export type HttpFailureFacts = {
  readonly kind: HttpFailureKind;
  /** Who was asked: "Sentry". */
  readonly provider: string;
  /** What was asked: "GET /api/0/organizations/acme/". Never a query string, a header or a token. */
  readonly asked: string;
  /** What came instead, as the end of a sentence that begins with the provider's name. */
  readonly happened: string;
  readonly status?: number | undefined;
  /** When asking again makes sense, by the provider's clock. */
  readonly retryAt?: Date | undefined;
  /** What the provider said about it, one line. */
  readonly detail?: string | undefined;
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
};

const REMEDIES: Record<HttpFailureKind, string> = {
  timeout: "It may be overloaded or unreachable from this runner; the next run asks again.",
  network: "Check the address, DNS and proxy of this runner; the next run asks again.",
  ambiguous: "It may or may not have happened: it is not sent again, the next run looks first.",
  "rate-limited": "Nothing more is asked until then; the next run continues.",
  unauthorized: "The token is wrong, expired or revoked: make a new one.",
  forbidden: "The token lacks a permission for this: grant it.",
  "not-found": "It does not exist, or the token cannot see it: check the name and the token's access.",
  rejected: "The request is refused and is not repeated.",
  server: "The fault is on the provider's side; the next run asks again.",
  unreadable: "Check that the URL is the provider's API and that no proxy or login page answers for it.",
  "too-large": "More was asked for at once than can be answered; the next run asks again.",
  budget: "The rest is left to the next run.",
};

/** A call that failed, told as a sentence with its remedy. It holds no header, token or query. */
export class HttpFailure extends Error {
  override readonly name = "HttpFailure";
  readonly kind: HttpFailureKind;
  readonly provider: string;
  readonly asked: string;
  readonly status: number | undefined;
  readonly retryAt: Date | undefined;
  readonly detail: string | undefined;
  /** What came instead of an answer, as a sentence without what the provider said about it. */
  readonly happened: string;
  /** What helps, as one or two sentences. */
  readonly remedy: string;

  constructor(facts: HttpFailureFacts) {
    super(describeFailure(facts), facts.cause === undefined ? {} : { cause: facts.cause });
    this.kind = facts.kind;
    this.provider = facts.provider;
    this.asked = facts.asked;
    this.status = facts.status;
    this.retryAt = facts.retryAt;
    this.detail = facts.detail;
    this.happened = describeEvent({ ...facts, detail: undefined });
    this.remedy = pickRemedy(facts);
  }
}

function describeFailure(facts: HttpFailureFacts): string {
  const until = facts.retryAt ? ` Asking again makes sense from ${facts.retryAt.toISOString()}.` : "";
  return `${describeEvent(facts)}${until} ${pickRemedy(facts)}`;
}

function describeEvent({ provider, happened, detail, asked }: HttpFailureFacts): string {
  return `${provider} ${happened}${detail ? `: "${detail}"` : ""} (${asked}).`;
}

const pickRemedy = ({ kind, remedy }: HttpFailureFacts): string => remedy ?? REMEDIES[kind];

/** Whether asking for less may help: the answer was too large, or the provider gave up on working it out. */
export const takesTooLong = ({ kind, status }: Pick<HttpFailure, "kind" | "status">): boolean =>
  kind === "too-large" || kind === "timeout" || (kind === "server" && (status === 502 || status === 504));

/** The kind that a refusing status stands for; undefined below 400. */
export function kindOfStatus(status: number): HttpFailureKind | undefined {
  if (status < 400) return undefined;
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "not-found";
  if (status === 429) return "rate-limited";
  return status >= 500 ? "server" : "rejected";
}

/** Whether the provider says that there is no such thing, or hides it from this token. */
export const isNotFound = (error: unknown): error is HttpFailure =>
  error instanceof HttpFailure && error.kind === "not-found";

/** Reads something; undefined: the provider says that there is no such thing, or hides it from this token. */
export async function readIfThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
