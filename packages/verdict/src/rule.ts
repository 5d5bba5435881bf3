import { HOUR, MINUTE } from "@patchpilot/time";

/** Length of one bucket, in milliseconds. Errors are counted as buckets in which any occurred. */
export const BUCKET = 5 * MINUTE;
export const BUCKETS_PER_HOUR = HOUR / BUCKET;
export const BUCKETS_PER_DAY = 24 * BUCKETS_PER_HOUR;
export const BUCKETS_PER_WEEK = 7 * BUCKETS_PER_DAY;

const THRESHOLD = 20;
const NOTHING_LEFT = 0.3;

/** The constants of the recovery rule. A change here changes the published error rates: run `npm run bench:verdicts`. */
export const RULE = {
  /** Raised with every change that can change a verdict, so that a stored summary names the rule it was judged by. */
  version: 3,
  /** Odds at which a likelihood ratio decides; by Ville's inequality it holds at every look, not only at one. */
  threshold: THRESHOLD,
  /** Recovered: "almost nothing is left" against "30 % is left". Shares are of the rate before the deploy. */
  recovered: { nothing: NOTHING_LEFT, instead: [0, 0.02, 0.1] },
  /**
   * What "recovered" promises where something beside the counts vouches for them: against so much left, the odds at
   * which it is said. By Ville's inequality it is wrong at most once in so many of these.
   */
  promises: [
    { left: 0.25, odds: 1 / 0.15 },
    { left: 0.5, odds: 20 },
    { left: 1, odds: 250 },
  ],
  /** What it promises where nothing does. */
  aloneWith: [{ left: NOTHING_LEFT, odds: THRESHOLD }],
  /**
   * A silence of more hours may be days of rest. What vouches for the counts is not enough then, unless the baseline has so many
   * buckets that it has seen them: a week, less what the clock cuts off.
   */
  rest: { hours: 24, seenBuckets: BUCKETS_PER_WEEK - BUCKETS_PER_HOUR },
  /**
   * So many times as much use as in the longest stretch before that was as quiet: it may end a little later this time. Where
   * that stretch was of more hours than `restHours`, perhaps a day of rest, `ofRest` times as much.
   */
  precedent: { times: 1.1, restHours: 18, ofRest: 2 },
  /** Active buckets that releases without the fix must have been due to raise since the deploy to be compared with. */
  controlAtLeast: 5,
  /** Hours: an error known for less may be a flare that calms by itself; after so many it has stopped, whatever did it. */
  flare: { knownHours: 6, stoppedHours: 48 },
  /** Failing: "more than half is left" against "30 % is left". */
  failing: { nothing: 0.3, instead: [0.6, 1, 1.5] },
  /**
   * Odds against a fall, as of old clients that leave, at which errors that name no release are failing. Ville's
   * inequality is for looks without end; of two days' looks a fifth of its share is wrong, which is what is promised.
   */
  steadyOdds: 50,
  /** Improved: "some is gone" against "nothing changed". */
  improved: { nothing: 1, instead: [0.1, 0.3, 0.5, 0.7] },
  /** As many an hour as before: about as many, against half. */
  unchanged: { nothing: 0.5, instead: [0.8, 1, 1.25] },
  unchangedAfterHours: 18,
  /** Traffic has risen from this many times its mean before the deploy on. */
  moreTraffic: 1.5,
  /** Risen: "at least three times as many" against "nothing changed", for another error that may have taken the place. */
  risen: { nothing: 1, instead: [3, 10, 30] },
  /** Hours before the deploy with each of which a rise is compared: what had risen before it did not rise with it. */
  risenHours: [6, 24, 168],
  /** Hours of baseline in one block of the dispersion estimate. */
  blockHours: 2,
  /** With fewer blocks than this the dispersion is taken to be at least `shortDispersion`. */
  fewBlocks: 12,
  shortDispersion: 2,
  /** Where something vouches for the counts: hours in one block, of which the burstiest counts; what is expected, and its weight in active buckets. */
  spread: { blockHours: [0.25, 0.5, 1, 2, 6], expected: 1.5, weight: 4 },
  /** With a smaller share of inactive buckets than this, bursts hide in the crowd, and the estimate is raised. */
  muchInactive: 0.95,
  /** A bucket's exposure counts for at most this many times the mean before the deploy. */
  exposureCap: 3,
  /** Fewer active buckets before the deploy make a recovery weak. */
  weakBelow: 4,
  minBuckets: 12,
  minHours: 1,
  /** Share of the time since the deploy whose exposure must be known. */
  minCoverage: 0.8,
  capHours: 48,
  /** Rare errors get more time: below `rarePerHour` active buckets an hour the cap is `rareCapHours`. */
  rareCapHours: 72,
  rarePerHour: 0.4,
  /** Hours of the day, and days of the week, that matter beyond exposure. */
  hours: {
    /** Odds at which they are believed; reached by chance in less than one of a hundred incidents. */
    threshold: 10,
    /** Of two hours with the same exposure, what one outside the stretch has of the errors of one inside. */
    elsewhere: 0.02,
    /** Lengths of a stretch that are tried. */
    lengths: [1, 2, 3, 4, 6, 8, 10, 12, 14, 16],
    /** A shorter stretch is a batch: one burst a day, which the dispersion counts as one fact wherever it falls. */
    least: 3,
    /** Clock hours after which it is given up, however few of them carried evidence. */
    capHours: 240,
  },
  /**
   * An earlier deployment after which the rate had changed: ratios of the rates after and before it, and the odds at
   * which one is believed, times the deployments that are tried. A fall is believed sooner: it makes the rule wait.
   */
  change: {
    fall: { ratios: [0.1, 0.2, 0.4], threshold: 1 },
    rise: { ratios: [2.5, 5, 10], threshold: 20 },
    /** Hours in one block in which bursts that last are looked for, and the dispersion from which they are. */
    longBlockHours: 6,
    lasting: 2,
  },
  /** An error that begins only when a deployment has run for a while. */
  uptime: {
    /** Chance that the silence after each deployment is none, at most. */
    chance: 0.01,
    /** A shorter silence says nothing of uptime. */
    leastHours: 1,
    /** The longest silence that one deployment alone is believed. */
    mostHoursOfOne: 48,
    /** The least active buckets after the silence. */
    leastActive: 5,
    /** Waited for after it: this share of it, or the time that used to bring the least active buckets. */
    margin: 0.25,
  },
  /** Below this many active buckets an hour nothing can be decided within `rareCapHours`. */
  undecidablePerHour: 0.2,
} as const;
