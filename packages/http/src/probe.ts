import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { judgeAddress, judgeHostname, type Reach } from "./address.ts";
import { ask, type ProbeAnswer, ProbeFault } from "./probe-request.ts";

/**
 * `healthy`: it answered as expected. `unhealthy`: it was reached, or should have been, and did not.
 * `unknown`: nothing can be said about the app (its name does not resolve, the target is refused).
 */
export type ProbeResult = {
  readonly state: "healthy" | "unhealthy" | "unknown";
  /** One sentence, with the remedy where the configuration is at fault. */
  readonly reason: string;
  readonly status?: number;
};

export type ProbeOptions = {
  /** Statuses that count as healthy. Default 200. */
  readonly status?: number | readonly number[];
  /** Text that must be in the first 64 KiB of the decoded body. */
  readonly body?: string;
  /** For example `x-vercel-protection-bypass`. Sent to the origin of the URL only. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Lets loopback and private addresses pass; link-local and metadata addresses never do. */
  readonly allowPrivate?: boolean;
  /** All of it: DNS, connection, redirects, body. Default 10,000. */
  readonly timeoutMs?: number;
  /** Default 65,536 decoded bytes; the rest is not read. */
  readonly maxBytes?: number;
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
  /** Further certificate authority, in PEM. */
  readonly ca?: string;
};

const MAX_REDIRECTS = 3;

/**
 * Asks a health URL once, so that a hostile or mistaken URL cannot reach the runner's own network: the name is resolved
 * once, every address must be allowed, the connection is pinned to them, and redirects stay within the origin.
 * Never throws.
 */
export async function probe(url: string, options: ProbeOptions = {}): Promise<ProbeResult> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), options.timeoutMs ?? 10_000);
  try {
    const target = readTarget(url);
    const addresses = await withDeadline(allowedAddresses(target, options), deadline.signal);
    return judge(await askFollowing(target, addresses, options, deadline.signal), options);
  } catch (error) {
    if (error instanceof ProbeFault) return { state: error.state, reason: error.message };
    if (deadline.signal.aborted) return { state: "unhealthy", reason: tooSlow(options) };
    return { state: "unhealthy", reason: `It cannot be reached (${readCode(error)}).` };
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow({ timeoutMs = 10_000 }: ProbeOptions): string {
  return `It did not answer completely within ${timeoutMs / 1_000} s.`;
}

function readCode(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "connection failed";
}

function readTarget(url: string): URL {
  const target = URL.parse(url);
  if (target === null)
    throw new ProbeFault("unknown", "The health URL is not a URL: write it out with https://.");
  if (target.protocol !== "https:" && target.protocol !== "http:") {
    throw new ProbeFault(
      "unknown",
      `The health URL has the scheme ${target.protocol} Only https and http are asked.`,
    );
  }
  if (target.username !== "" || target.password !== "") {
    throw new ProbeFault("unknown", "The health URL holds a user name or password: take it out.");
  }
  return target;
}

async function allowedAddresses(target: URL, options: ProbeOptions): Promise<readonly LookupAddress[]> {
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const { isIP } = await import("node:net");
  const family = isIP(host);
  if (family !== 0) return allow([{ address: host, family }], judgeAddress(host), options);
  const addresses = await resolveName(host, options);
  const reaches = [judgeHostname(host), ...addresses.map(({ address }) => judgeAddress(address))];
  return allow(addresses, farthestRefusal(reaches), options);
}

function farthestRefusal(reaches: readonly Reach[]): Reach {
  if (reaches.includes("forbidden")) return "forbidden";
  return reaches.every((reach) => reach === "public") ? "public" : "private";
}

function allow(
  addresses: readonly LookupAddress[],
  reach: Reach,
  { allowPrivate = false }: ProbeOptions,
): readonly LookupAddress[] {
  if (reach === "forbidden") {
    throw new ProbeFault(
      "unknown",
      "The health URL leads to a link-local or metadata address, which is never asked.",
    );
  }
  if (reach !== "public" && !allowPrivate) {
    const remedy = "If that is meant (a self-hosted runner), set health-allow-private: true.";
    throw new ProbeFault("unknown", `The health URL leads to a private address. ${remedy}`);
  }
  return addresses;
}

async function resolveName(host: string, options: ProbeOptions): Promise<readonly LookupAddress[]> {
  const resolve = options.resolve ?? systemResolve;
  try {
    const addresses = await resolve(host);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    throw new ProbeFault("unknown", `The name of the health URL does not resolve here (${readCode(error)}).`);
  }
  throw new ProbeFault("unknown", "The name of the health URL has no address.");
}

async function systemResolve(host: string): Promise<readonly LookupAddress[]> {
  const { lookup } = await import("node:dns/promises");
  return lookup(host, { all: true });
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
      maxBytes: options.maxBytes ?? 65_536,
      signal: deadline,
      ca: options.ca,
    });
    if (answer.location === undefined || expected.includes(answer.status)) return answer;
    const next = URL.parse(answer.location, target.href);
    if (next === null || next.origin !== start.origin) {
      const where = next === null ? "an address that cannot be read" : next.origin;
      throw new ProbeFault(
        "unhealthy",
        `It redirects (${answer.status}) to ${where}, which is not followed.`,
      );
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
    return {
      state: "unhealthy",
      reason: `It answered ${status} instead of ${expected.join(" or ")}.`,
      status,
    };
  }
  if (options.body !== undefined && !answer.body.includes(options.body)) {
    return { state: "unhealthy", reason: `It answered ${status}, but without the expected text.`, status };
  }
  return { state: "healthy", reason: `It answered ${status}.`, status };
}

async function withDeadline<T>(work: Promise<T>, deadline: AbortSignal): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    deadline.addEventListener("abort", () => reject(deadline.reason), { once: true });
  });
  return Promise.race([work, late]);
}
