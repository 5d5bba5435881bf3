import type { Troubles } from "../asking.ts";
import type { Facts, Settings } from "../facts.ts";
import type { Case, ExposureChoice, Ports } from "../ports.ts";
import type { Contains } from "./deployment/locate.ts";
import type { Traffic } from "./errors/count.ts";

/** One incident while its facts are being read. */
export type Dossier = {
  readonly case: Case;
  facts: Facts;
  /** Exposure behind the traffic fact, for counting errors later. */
  traffic?: Traffic;
};

/** What all reads of one run share. */
export type Reading = {
  readonly ports: Ports;
  readonly troubles: Troubles;
  readonly now: number;
  readonly settings: Settings;
  readonly exposure: ExposureChoice;
  /** fix commit -> head commit -> contained. */
  readonly containments: Map<string, Map<string, boolean>>;
};

/**
 * Whether a commit contains the fix of an incident. Without a known fix the deployment that counts as one does, which
 * after a rollback is an old release; of every other commit it is not known.
 */
export function containsFor({ facts }: Dossier, { containments }: Reading): Contains {
  if (facts.fix.kind === "deployment") {
    const sha = facts.deployment?.state === "live" ? facts.deployment.sha : null;
    return (head) => (head === sha ? true : undefined);
  }
  const known = containments.get(facts.fix.commit);
  return (head) => known?.get(head);
}

/** Since when production has the fix; for a look back, as the record of the close says. */
export function anchorOf({ facts, case: subject }: Dossier): number {
  if (facts.deployment?.state === "live") return facts.deployment.since;
  const anchor = subject.previous?.["anchor"];
  return typeof anchor === "number" ? anchor : (facts.close?.at ?? subject.acceptedAt);
}

/** The Sentry project that an incident's traffic is counted in. */
export function projectOf({ case: subject }: Dossier): string {
  return subject.error?.projectId ?? "";
}
