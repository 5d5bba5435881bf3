import type { Incident } from "@patchpilot/incident";
import type { SentryIssue } from "@patchpilot/sentry";
import type { IntakeInputs } from "../contract.ts";
import { findFix } from "../decide/find-fix.ts";
import { judgeFix, judgeLink } from "../decide/judge.ts";
import { findVoucher, type Screened, screen } from "../decide/screen.ts";
import type { Candidate, Ignored, IntakeFacts, PossibleFix } from "../facts.ts";
import type { IntakePorts } from "../ports.ts";
import { confirmLinks } from "./sentry-views.ts";

export type Entry = { readonly incident: Incident; readonly vouched: boolean; readonly screened: Screened };

/** Sorts issues by what GitHub alone says of them; asks about the permission of who vouches for one. */
export async function screenAll(
  incidents: readonly Incident[],
  inputs: IntakeInputs,
  ports: IntakePorts,
  now: Date,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const incident of incidents) {
    const voucher = incident.phase === undefined && incident.open ? findVoucher(incident) : undefined;
    const vouched = voucher !== undefined && (await ports.mayWrite(voucher));
    entries.push({ incident, vouched, screened: screen(incident, vouched, inputs, now) });
  }
  return entries;
}

/** Those that Sentry is asked about. */
export const listLooked = (screened: readonly Entry[]): Incident[] =>
  screened.flatMap(({ incident, screened: { step } }) => (step === "look" ? [incident] : []));

type Found = {
  readonly screened: readonly Entry[];
  readonly returned: readonly Candidate[];
  /** What Sentry lists and GitHub has no issue for. */
  readonly fresh: readonly SentryIssue[];
  /** A sweep meets every issue of the repository; only what could have been an incident is worth a word. */
  readonly isSweep: boolean;
  /** Issues that an earlier run passed over: without Sentry's answer they stay so. */
  readonly passedOver: ReadonlySet<number>;
  /** What was listed whole of Sentry before, by id. */
  readonly listed?: ReadonlyMap<string, SentryIssue>;
};

type TakenIn = Omit<IntakeFacts, "known" | "unopened" | "account"> & {
  /** Of those, what Sentry did not answer about. */
  readonly unanswered: readonly number[];
};

/** Rules out what GitHub alone rules out, and asks Sentry about the rest. */
export async function takeIn(
  { screened, returned, fresh, isSweep, passedOver, listed = new Map() }: Found,
  inputs: IntakeInputs,
  { code, sentry }: IntakePorts,
  warn: (sentence: string) => void,
): Promise<TakenIn> {
  const waiting = screened.flatMap(({ screened: { step }, incident }) =>
    step === "waiting" ? [incident] : [],
  );
  const looked = screened.flatMap(({ incident, vouched, screened: one }) => {
    if (one.step !== "look") return [];
    const { step: _, ...found } = one;
    return [{ incident, vouched, ...found }];
  });
  const isIdle = fresh.length + returned.length + waiting.length + looked.length === 0;
  const pulls = isIdle ? [] : await code.listOpenPullRequests();
  const own = ruleOut(looked, inputs, pulls);
  const links = own.kept.map((entry) => entry.recognised.link);
  const views = await confirmLinks(sentry, links, inputs.environment, listed);
  const { candidates, unanswered, unconfirmed } = heedAnswers(own.kept, views, passedOver, warn);
  const numbers = new Set(candidates.map(({ incident }) => incident.number));
  const others = returned.filter(({ incident }) => !numbers.has(incident.number));
  const back = ruleOut(others, inputs, pulls);
  return {
    candidates: [...candidates, ...back.kept],
    ignored: [...findIgnored(screened, isSweep), ...own.ruledOut, ...back.ruledOut],
    waiting: [...waiting, ...unconfirmed],
    unanswered,
    pulls,
  };
}

/**
 * What was accepted by its text, and Sentry could not answer this time either, waits as it is; so does what was passed
 * over before.
 */
function heedAnswers(
  looked: readonly Omit<Candidate, "view">[],
  views: readonly Candidate["view"][],
  passedOver: ReadonlySet<number>,
  warn: (sentence: string) => void,
) {
  const candidates: Candidate[] = [];
  const unconfirmed: Incident[] = [];
  const unanswered: number[] = [];
  for (const [index, entry] of looked.entries()) {
    const { occasion, incident } = entry;
    const view = views[index];
    if (view === undefined) continue;
    const hasFailed = view.state === "failed" && !view.known;
    if (hasFailed && (occasion === "upgrade" || passedOver.has(incident.number))) {
      warn(`#${incident.number} still waits for Sentry to confirm it: ${view.message}`);
      if (incident.phase === "accepted") unconfirmed.push(incident);
      if (incident.phase === undefined) unanswered.push(incident.number);
      continue;
    }
    if (view.state === "failed" && view.known) warn(`#${incident.number} is left out: ${view.message}`);
    candidates.push({ ...entry, view });
  }
  return { candidates, unanswered, unconfirmed };
}

const findIgnored = (screened: readonly Entry[], isSweep: boolean): Ignored[] =>
  screened.flatMap(({ screened: one, incident }) => {
    if (one.step !== "ignore") return [];
    const isUnrelated =
      one.ignored.reason === "not-sentry" || (!incident.open && incident.phase === undefined);
    return isSweep && isUnrelated ? [] : [one.ignored];
  });

/** Rules out, before Sentry is asked, what belongs to another Sentry and what a person is fixing. */
function ruleOut<T extends Pick<Candidate, "incident" | "recognised">>(
  looked: readonly T[],
  inputs: IntakeInputs,
  pulls: readonly PossibleFix[],
): { readonly ruledOut: readonly Ignored[]; readonly kept: readonly T[] } {
  const ruledOut: Ignored[] = [];
  const kept = looked.filter(({ incident, recognised: { link } }) => {
    const objection = judgeLink(link, inputs) ?? judgeFix(findFix(incident, link?.shortId ?? null, pulls));
    if (objection !== null) ruledOut.push({ issue: incident.number, ...objection });
    return objection === null;
  });
  return { ruledOut, kept };
}
