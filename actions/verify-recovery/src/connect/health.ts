import type { probe } from "@patchpilot/http";
import { omitUndefined } from "@patchpilot/optional";
import type { VerifyInputs } from "../contract.ts";
import type { VerifyPorts } from "../ports.ts";

/**
 * Tells the app's tracing not to record the probe: what PatchPilot asks itself is no traffic, and traffic is what errors
 * are counted against. Sentry's header, and the W3C's trace context with its flags unset: not sampled.
 */
const UNSAMPLED = {
  "sentry-trace": "9a7c4a0e6ff2400e8b1d3c5e7f901234-9a7c4a0e6ff2400e-0",
  traceparent: "00-9a7c4a0e6ff2400e8b1d3c5e7f901234-9a7c4a0e6ff2400e-00",
};

/** Asks the health URL as the inputs say; undefined where none is set. */
export function openHealth(inputs: VerifyInputs, ask: typeof probe): VerifyPorts["probeHealth"] {
  const url = inputs["health-url"];
  if (url === undefined) return undefined;
  const bypass = inputs["vercel-bypass-secret"];
  const options = {
    status: inputs["health-status"],
    timeoutMs: inputs["health-timeout-ms"],
    allowPrivate: inputs["health-allow-private"],
    headers: {
      "cache-control": "no-cache",
      ...UNSAMPLED,
      ...(bypass ? { "x-vercel-protection-bypass": bypass } : {}),
    },
    ...(inputs["health-body"] ? { body: inputs["health-body"] } : {}),
  };
  return async () => {
    const { state, reason, remedy } = await ask(url, options);
    return omitUndefined({ state, detail: reason, remedy });
  };
}
