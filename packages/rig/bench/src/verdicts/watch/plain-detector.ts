import { BUCKETS_PER_HOUR, type RecoverySummary } from "@patchpilot/verdict";
import { DAY_BUCKETS } from "../worlds/plan.ts";
import type { Detector, Said, WatchLook } from "./detector.ts";

/**
 * The detector of a return in its plainest form, written out to hold the shipped one against. Back: the sum over start
 * points of the likelihood ratio of "30 % of the old rate or more" to "5 %", with the old rate integrated out. Away: the
 * ratio the other way round over the last stretch that is long enough to tell.
 */
export const plainDetector: Detector = (look) => {
  const old = readOld(look.before);
  if (old.active < 1 || old.exposure <= 0) return "cannot tell";
  return sayBack(look, old) ?? sayAway(look, old);
};

const BACK = { nothing: 0.05, instead: [0.3, 0.6, 1, 1.5], log: Math.log(100) };
/** What "a tenth is left" explains nearly as well is not back. Its start points are a day apart. */
const TENTH = { nothing: 0.05, instead: [0.1], log: Math.log(20) };
const AWAY = { nothing: 0.3, instead: [0, 0.02, 0.05], log: Math.log(20) };

/** Start points, one an hour, share most of a weight of 1 over 90 days; the releases share the rest, early ones first. */
const DAYS = 90;
const OF_RELEASES = 0.1;
const HOURLY = (1 - OF_RELEASES) / (DAYS * 24);
/** What speaks so strongly against a start point that a return before it would have been found back then. */
const HOPELESS = -16;
/** Away is judged over so many times the exposure that silence takes to rule 30 % out. */
const STRETCH = 2;

type Old = {
  readonly active: number;
  readonly exposure: number;
  /** Mean errors in a bucket behind the share of active ones. */
  readonly lam: number;
  readonly phi: number;
};

function readOld({ active0, events0, n0, E0, first, phi }: RecoverySummary): Old {
  const perActive = Math.max(1, events0 / Math.max(1, active0));
  const bound = perActive < 2 ? 2 * (perActive - 1) : perActive;
  const lam = Math.min(-Math.log1p(-active0 / (n0 + 1)), bound);
  return { active: active0 - (first ? 1 : 0), exposure: E0, lam, phi };
}

function sayBack(look: WatchLook, old: Old): Said | undefined {
  const weighBack = weigh(BACK, old);
  const { releases, seen } = look;
  let back = 0;
  let begins = Math.floor((seen - 1) / BUCKETS_PER_HOUR) * BUCKETS_PER_HOUR;
  for (let log = 0; begins >= 0 && log >= HOPELESS; begins -= BUCKETS_PER_HOUR) {
    log = weighBack(...countFrom(look, begins));
    back += HOURLY * Math.exp(log);
  }
  for (const [i, release] of releases.entries()) {
    if (release <= begins || release >= seen) continue;
    back += (OF_RELEASES / ((i + 1) * (i + 2))) * Math.exp(weighBack(...countFrom(look, release)));
  }
  const tenth = weighDaily(look, weigh(TENTH, old));
  const isBack = Math.log(back) >= BACK.log;
  if (isBack && Math.log(back) - Math.log(tenth) >= TENTH.log) return "back";
  return isBack || Math.log(tenth) >= BACK.log ? "tenth" : undefined;
}

/** The mean evidence over a start point a day. */
function weighDaily(look: WatchLook, weighShare: Weigh): number {
  let sum = 0;
  for (let begins = 0; begins < look.seen; begins += DAY_BUCKETS) {
    sum += Math.exp(weighShare(...countFrom(look, begins))) / DAYS;
  }
  return sum;
}

function sayAway(look: WatchLook, old: Old): Said {
  const weighAway = weigh(AWAY, old);
  const enough = STRETCH * exposureToTell(weighAway, old);
  let begins = look.seen;
  do begins = Math.max(0, begins - BUCKETS_PER_HOUR);
  while (begins > 0 && countFrom(look, begins)[1] < enough);
  return weighAway(...countFrom(look, begins)) >= AWAY.log ? "away" : "cannot tell";
}

/** Active buckets and exposure of all that was seen from a bucket on. */
function countFrom({ until, seen }: WatchLook, begins: number): readonly [active: number, exposure: number] {
  const { active, exposure } = until;
  return [(active[seen] ?? 0) - (active[begins] ?? 0), (exposure[seen] ?? 0) - (exposure[begins] ?? 0)];
}

/** Exposure whose silence favours "5 % or less" over "30 % or more" enough, to a tenth. */
function exposureToTell(weighAway: Weigh, old: Old): number {
  let exposure = old.exposure / 1_000;
  while (weighAway(0, exposure) < AWAY.log && exposure < 1_000 * old.exposure) exposure *= 1.1;
  return exposure;
}

type Hypotheses = { readonly nothing: number; readonly instead: readonly number[] };

/** Log of the mean likelihood ratio of some shares of the old rate to another, from active buckets and exposure. */
type Weigh = (active: number, exposure: number) => number;

function weigh({ nothing, instead }: Hypotheses, old: Old): Weigh {
  const usual = activeAt(nothing, old);
  const others = instead.map((share) => {
    const q = activeAt(share, old);
    return { q, log: Math.log(q / usual) };
  });
  return (active, exposure) => {
    const before = Math.log(old.exposure + usual * exposure);
    let sum = 0;
    for (const { q, log } of others) {
      const ratio = before - Math.log(old.exposure + q * exposure);
      const fewer = active === 0 ? 0 : active * log;
      sum += Math.exp(Math.min(600, (fewer + (old.active + active) * ratio) / old.phi));
    }
    return Math.log(sum / others.length);
  };
}

/** Active buckets that a share of the old rate gives, as a share of those of before. */
const activeAt = (share: number, { lam }: Old): number =>
  lam <= 1e-9 ? share : Math.expm1(-share * lam) / Math.expm1(-lam);
