import type { LookupAddress } from "node:dns";
import type { ProbeResult } from "./probe-request.ts";

/** Codes of a machine without a way to the address, which says nothing about the app. */
const NO_ROUTE = new Set(["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_(GET|VERIFY))/;

/**
 * What it means that no connection came about. Pure.
 * @param code of Node's error
 * @param addresses of the host, as they were resolved
 */
export function describeUnreached(code: string, addresses: readonly LookupAddress[]): ProbeResult {
  if (NO_ROUTE.has(code) && addresses.length > 0 && addresses.every(({ family }) => family === 6))
    return {
      state: "unknown",
      reason: `The host has IPv6 addresses only, and this runner has no route to them (${code}).`,
      remedy:
        "GitHub's hosted runners have no IPv6: give the host an IPv4 address, or verify on a self-hosted runner.",
    };
  const reason = `It cannot be reached (${code}).`;
  if (!CERTIFICATE.test(code)) return { state: "unhealthy", reason };
  const remedy =
    "Renew or correct the certificate. If your own authority signed it, set NODE_EXTRA_CA_CERTS for the step.";
  return { state: "unhealthy", reason, remedy };
}
