import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { findBarrier } from "./probe-barrier.ts";
import { ask, type ProbeAnswer, ProbeFault, type ProbeResult } from "./probe-request.ts";
import { allowedAddresses, parseTarget, readCode, type TargetOptions } from "./probe-target.ts";
import { describeUnreached } from "./probe-unreached.ts";

export type ProbeOptions = TargetOptions & {
  /** Statuses that count as healthy. Default 200. */
  readonly status?: number | readonly number[];
  /** Text that must be in the first 64 KiB of the decoded body. */
  readonly body?: string;
  /** For example `x-vercel-protection-bypass`. Sent to the origin of the URL only. */
  readonly headers?: Readonly<Record<string, string>>;
  /** All of it: DNS, connection, redirects, body. Default 10,000. */
  readonly timeoutMs?: number;
};

const MAX_REDIRECTS = 3;
/** Of the decoded body; the rest is not read. */
const MAX_BYTES = 65_536;

/**
 * Asks a health URL once, so that a hostile or mistaken URL cannot reach the runner's own network: the name is resolved
 * once, every address must be allowed, the connection is pinned to them, and redirects stay within the origin.
 * Never throws.
 */
export async function probe(url: string, options: ProbeOptions = {}): Promise<ProbeResult> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), options.timeoutMs ?? 10_000);
  let addresses: readonly LookupAddress[] = [];
  try {
    const target = parseTarget(url);
    addresses = await withDeadline(allowedAddresses(target, options), deadline.signal);
    return judge(await askFollowing(target, addresses, options, deadline.signal), options);
  } catch (error) {
    if (error instanceof ProbeFault) return toResult(error);
    if (deadline.signal.aborted) return { state: "unhealthy", reason: tooSlow(options) };
    return describeUnreached(readCode(error), addresses);
  } finally {
    clearTimeout(timer);
  }
}

const toResult = ({ state, message, remedy }: ProbeFault): ProbeResult =>
  remedy === undefined ? { state, reason: message } : { state, reason: message, remedy };

function tooSlow({ timeoutMs = 10_000 }: ProbeOptions): string {
  return `It did not answer completely within ${timeoutMs / 1_000} s.`;
}

async function askFollowing(
  start: URL,
  addresses: readonly LookupAddress[],
  options: ProbeOptions,
  deadline: AbortSignal,
): Promise<ProbeAnswer> {
  const expected = expectedStatuses(options);
  let target = start;
  for (let hop = 0; ; hop += 1) {
    const answer = await ask(target, {
      headers: options.headers ?? {},
      lookup: pinned(addresses),
      maxBytes: MAX_BYTES,
      signal: deadline,
    });
    if (answer.location === undefined || expected.includes(answer.status)) return answer;
    const next = URL.parse(answer.location, target.href);
    if (next === null || next.origin !== start.origin) {
      const { cause, remedy } = describeAnswer(answer, next ?? undefined, options);
      throw new ProbeFault("unhealthy", cause, remedy);
    }
    if (hop >= MAX_REDIRECTS)
      throw new ProbeFault("unhealthy", `It redirects more than ${MAX_REDIRECTS} times.`);
    target = next;
  }
}

/** A lookup that answers with the addresses that were checked, whatever DNS says by now. */
function pinned(addresses: readonly LookupAddress[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family ?? 4);
  };
}

function expectedStatuses({ status = 200 }: ProbeOptions): readonly number[] {
  return typeof status === "number" ? [status] : status;
}

function judge(answer: ProbeAnswer, options: ProbeOptions): ProbeResult {
  const { status } = answer;
  const expected = expectedStatuses(options);
  if (!expected.includes(status)) {
    const { cause, remedy } = describeAnswer(answer, undefined, options);
    return { state: "unhealthy", reason: cause, status, ...(remedy === undefined ? {} : { remedy }) };
  }
  if (options.body !== undefined && !answer.body.includes(options.body)) {
    return { state: "unhealthy", reason: `It answered ${status}, but without the expected text.`, status };
  }
  return { state: "healthy", reason: `It answered ${status}.`, status };
}

/** What an answer that is not the expected one shows. */
function describeAnswer(
  { status, headers, body }: ProbeAnswer,
  location: URL | undefined,
  options: ProbeOptions,
): { readonly cause: string; readonly remedy?: string } {
  const hasBypass = options.headers?.["x-vercel-protection-bypass"] !== undefined;
  return (
    findBarrier({ status, location, headers, body, hasBypass }) ?? {
      cause: `It answered ${status} instead of ${expectedStatuses(options).join(" or ")}.`,
    }
  );
}

async function withDeadline<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener("abort", () => reject(deadline.reason), { once: true });
  });
  return Promise.race([work, late]);
}
