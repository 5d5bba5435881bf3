import { findFailed } from "@patchpilot/acceptance";
import type { AppliedChange } from "@patchpilot/ledger";
import type { Acceptance } from "./decide/accept.ts";
import { countAccount, type IssueSums, nextIndex, settleAccount } from "./decide/account.ts";
import type { Ignored, IntakeFacts } from "./facts.ts";
import type { IntakePorts } from "./ports.ts";

/** Settles what each open issue of Sentry's is after this run, and writes it down. */
export async function keepAccount(
  { account, known }: IntakeFacts,
  {
    ignored,
    acceptances,
    applied,
    planned,
  }: {
    readonly ignored: readonly Ignored[];
    readonly acceptances: readonly Acceptance[];
    readonly applied: readonly AppliedChange[];
    readonly planned: boolean;
  },
  { incidents }: IntakePorts,
  warn: (sentence: string) => void,
): Promise<IssueSums> {
  const failed = findFailed(applied);
  const written = acceptances.map(({ candidate }) => candidate.incident.number);
  const accepted = new Set(planned ? [] : written.filter((number) => !failed.has(number)));
  const entries = settleAccount(account, { ignored, accepted, known });
  const index = planned ? undefined : nextIndex(account, entries);
  const refusal = index === undefined ? undefined : await incidents.keepAccount(index);
  if (refusal !== undefined && entries.length > MANY) warn(describeRefusal(refusal));
  return countAccount(entries, account.noData, account.listing?.walk === null);
}

/** Fewer are judged anew in each run at little cost. */
const MANY = 50;
const describeRefusal = (why: string): string =>
  `What waits could not be written down: ${why} Give the job \`contents: write\`; without it each run lists all open issues and asks Sentry about each again.`;
