import type { Holding } from "@patchpilot/github";
import { HttpFailure } from "@patchpilot/http";
import type { Sightings } from "@patchpilot/incident";
import type { ExposureChoice, VerifyFacts, VerifySettings } from "../facts.ts";
import type { VerifyPorts } from "../ports.ts";
import type { VerifyCase } from "./case.ts";
import type { Contains } from "./deployment/locate.ts";
import type { Counting } from "./errors/count.ts";
import type { ListedRelease, ProductionHistory } from "./sources.ts";
import type { CountedTraffic } from "./traffic/count.ts";
import { lookBegin } from "./watch/due.ts";

/** One incident while its facts are being read. */
export type Dossier = {
  readonly case: VerifyCase;
  facts: VerifyFacts;
  /** Exposure behind the traffic fact, for counting errors later. */
  traffic?: CountedTraffic;
  /** What the errors fact was counted from, for counting again together with others. */
  counting?: Counting;
  /** What Sentry counts of the error by now, as far as it was asked. */
  seen?: Sightings;
  /** When production deployments began, as far as is known: the process started anew. */
  starts?: readonly number[];
};

/** What all reads of one run share. */
export type RunReading = {
  readonly ports: VerifyPorts;
  readonly troubles: Troubles;
  readonly now: number;
  readonly settings: VerifySettings;
  readonly exposure: ExposureChoice;
  /** Issue of each open incident, by the short id of its error. */
  readonly incidents: ReadonlyMap<string, number>;
  /** All incidents of the run. */
  readonly cases: readonly VerifyCase[];
  readonly oldClients: "wait" | "close";
  /** fix commit -> head commit -> contained. */
  readonly containments: Map<string, Map<string, Holding>>;
  /** What serves production, as its source says; absent before it was asked, or where none knows. */
  production?: ProductionHistory | undefined;
  /** Sentry's list of releases, once it was needed. */
  listed?: ReadonlyMap<string, ListedRelease>;
};

/** Adds what was read to the facts of each incident. */
export function addFacts(
  dossiers: readonly Dossier[],
  find: (dossier: Dossier) => Partial<VerifyFacts>,
): void {
  for (const dossier of dossiers) dossier.facts = { ...dossier.facts, ...find(dossier) };
}

/**
 * Whether a commit contains the fix of an incident. Without a known fix the deployment that counts as one does, which
 * after a rollback is an old release; of every other commit it is not known. A head may be cut short, as in the names of releases.
 */
export function containsFor({ facts }: Dossier, { containments }: RunReading): Contains {
  if (facts.fix.kind === "deployment") {
    const sha = facts.deployment?.state === "live" ? facts.deployment.sha : null;
    return (head) => (sha?.startsWith(head) ? true : undefined);
  }
  const { commit } = facts.fix;
  const known = new Map([[commit, { holds: true }], ...(containments.get(commit) ?? [])]);
  return (head) => (known.get(head) ?? [...known].find(([full]) => full.startsWith(head))?.[1])?.holds;
}

/** Since when production has the fix; of a closed incident, as the record of the close says. */
export function findAnchor({ facts, case: subject }: Dossier): number {
  if (facts.deployment?.state === "live" && facts.close === undefined) return facts.deployment.since;
  const anchor = subject.previous?.["anchor"];
  return typeof anchor === "number" ? anchor : (facts.close?.at ?? subject.acceptedAt);
}

/** From when on an incident is judged: since the deploy, or in a look after its close. */
export const findBegin = (dossier: Dossier, now: number): number =>
  dossier.facts.close === undefined ? findAnchor(dossier) : lookBegin(dossier.facts.close, now);

/** The Sentry project that an incident's traffic is counted in. */
export function projectOf({ case: subject }: Dossier): string {
  return subject.error?.projectId ?? "";
}

/** What a provider answered, or why it did not. */
export type ProviderReply<T> =
  | { readonly answered: true; readonly value: T }
  | { readonly answered: false; readonly why: string };

/** What went wrong in a run; credentials that a provider refuses make the job fail once all is written. */
export type Troubles = { readonly lines: string[]; readonly refused: string[] };

/**
 * Asks a provider, and takes a refusal or an outage for "unknown": what is not known decides nothing, but the
 * other incidents and providers go on.
 */
export async function askProvider<T>(
  troubles: Troubles,
  question: () => Promise<T>,
): Promise<ProviderReply<T>> {
  try {
    return { answered: true, value: await question() };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const list =
      error.kind === "unauthorized" || error.kind === "forbidden" ? troubles.refused : troubles.lines;
    if (!list.includes(error.message)) list.push(error.message);
    return { answered: false, why: error.message };
  }
}

/** Asks Sentry for the histories of incidents, by issue number, if there is anything to ask. */
export async function askSentry<Question, History>(
  troubles: Troubles,
  questions: readonly Question[],
  read: ((questions: readonly Question[]) => Promise<ReadonlyMap<number, History>>) | undefined,
): Promise<ProviderReply<ReadonlyMap<number, History>>> {
  if (questions.length === 0) return { answered: true, value: new Map() };
  if (read === undefined) return { answered: false, why: NO_SENTRY };
  return askProvider(troubles, () => read(questions));
}

const NO_SENTRY = "Sentry is not configured: set sentry-token and sentry-org.";
