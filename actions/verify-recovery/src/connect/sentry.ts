import { openSentry } from "@patchpilot/connections";
import type { Sentry } from "@patchpilot/sentry";
import type { VerifyInputs } from "../contract.ts";
import type { VerifyCase } from "../questions/case.ts";
import type { VerifyAccess } from "./wires.ts";

/** Sentry as this run asks it. */
export type SentryAccess = {
  /** Connected at the first question, when the incidents have named the organization. @throws Error where none does */
  readonly ask: () => Sentry;
  readonly environment: string;
  /** Projects of the incidents, by id. */
  readonly projects: () => readonly string[];
};

/** Undefined: no token is given, so Sentry is not asked. Without `sentry-org` the incidents name the organization. */
export function accessSentry(
  inputs: VerifyInputs,
  access: VerifyAccess,
  cases: () => readonly VerifyCase[],
): SentryAccess | undefined {
  const token = inputs["sentry-token"];
  if (!token) return undefined;
  let connected: Sentry | undefined;
  const connect = (): Sentry => {
    const organization =
      inputs["sentry-org"] ??
      cases().flatMap(({ error, operation }) => (error ?? operation)?.organization ?? [])[0];
    if (organization === undefined)
      throw new Error("No incident names an organization of Sentry. Set sentry-org to its slug.");
    return openSentry(inputs, { token, organization }, access);
  };
  return {
    ask: () => {
      connected ??= connect();
      return connected;
    },
    environment: inputs.environment,
    projects: () => [...new Set(cases().flatMap(({ error }) => error?.projectId ?? []))],
  };
}
