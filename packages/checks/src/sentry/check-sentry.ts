import type { Check } from "../check.ts";
import type { CheckWires } from "../wires.ts";
import type { SentryFacts, SentrySettings } from "./facts.ts";
import { judgeSentry, judgeSentrySettings } from "./judge-sentry.ts";
import { readSentry } from "./read-sentry.ts";

/** The checks of Sentry, and what it answered for those of what is live. */
export type SentryChecks = { readonly checks: readonly Check[]; readonly facts: SentryFacts | undefined };

/** Asks Sentry for what the loop needs of it, and judges the answers. */
export async function checkSentry(
  settings: SentrySettings,
  now: Date,
  wires: CheckWires,
): Promise<SentryChecks> {
  const { "sentry-token": token, "sentry-org": organization } = settings;
  const absent = judgeSentrySettings(settings);
  if (absent !== undefined || token === undefined || organization === undefined)
    return { checks: absent ?? [], facts: undefined };
  const facts = await readSentry(settings, { token, organization }, now, wires);
  return { checks: judgeSentry(settings, facts), facts };
}
