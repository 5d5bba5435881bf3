import { isIP } from "node:net";
import { judgeAddress, judgeHostname, type Reach } from "@patchpilot/http";
import { type Address, isSameAddress } from "./address.ts";

/** Whose commands run. */
export type Asker = "agent" | "setup" | "tests";

/** Who may ask for which addresses. */
export type Policy = {
  /** Registries that are known, or that the base commit or the machine names. */
  readonly registries: readonly Address[];
  /** What the workflow names, which may be near. */
  readonly named: readonly Address[];
  /** Who may ask registries. */
  readonly fetching: ReadonlySet<Asker>;
  /** What an agent asks that holds its own key. */
  readonly models: readonly Address[];
};

/** How far a request may go: `anywhere` is also a private network's address. */
export type NetworkPermission = "anywhere" | "public" | "nowhere";

export function decidePermission(policy: Policy, asker: Asker, address: Address): NetworkPermission {
  const isIn = (list: readonly Address[]) => list.some((each) => isSameAddress(each, address));
  if (asker === "agent" && isIn(policy.models)) return "anywhere";
  if (!policy.fetching.has(asker)) return "nowhere";
  if (isIn(policy.named)) return "anywhere";
  return isIn(policy.registries) ? "public" : "nowhere";
}

/**
 * Whether a permission covers the place that a name leads to.
 * @param ips what the host resolves to; none if a proxy resolves it
 */
export function covers(permission: NetworkPermission, host: string, ips: readonly string[]): boolean {
  const ofHost = isIP(host) === 0 ? judgeHostname(host) : judgeAddress(host);
  return [ofHost, ...ips.map(judgeAddress)].every((reach) => isCovered(permission, reach));
}

function isCovered(permission: NetworkPermission, reach: Reach): boolean {
  if (permission === "nowhere" || reach === "forbidden") return false;
  return permission === "anywhere" || reach !== "private";
}

/** Tests ask registries only if no setup did before them, or if they fetch for themselves, as `go test` does. */
export const listFetchers = (
  hasSetup: boolean,
  testsFetch: boolean,
  agentNetwork: "none" | "registries",
): ReadonlySet<Asker> =>
  new Set<Asker>([
    ...(hasSetup ? (["setup"] as const) : []),
    ...(!hasSetup || testsFetch ? (["tests"] as const) : []),
    ...(agentNetwork === "registries" ? (["agent"] as const) : []),
  ]);
