import type { LookupAddress } from "node:dns";
import { judgeAddress, judgeHostname, type Reach } from "./address.ts";
import { ProbeFault } from "./probe-request.ts";

export type TargetOptions = {
  /** Lets loopback and private addresses pass; link-local and metadata addresses never do. */
  readonly allowPrivate?: boolean;
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
};

/** @throws ProbeFault if the URL is none that is asked */
export function parseTarget(url: string): URL {
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
    throw new ProbeFault("unknown", "The health URL contains a user name or password: take it out.");
  }
  return target;
}

/** The addresses of a target. @throws ProbeFault if one of them may not be asked, or there is none */
export async function allowedAddresses(
  target: URL,
  options: TargetOptions,
): Promise<readonly LookupAddress[]> {
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
  { allowPrivate = false }: TargetOptions,
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

async function resolveName(host: string, options: TargetOptions): Promise<readonly LookupAddress[]> {
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

/** The code of a failed call of the system, for people. */
export function readCode(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "connection failed";
}
