import { DAY, HOUR } from "@patchpilot/time";

/** The constants of the watch after a close. Shares are of the rate before the deploy. */
export const WATCH = {
  /** Raised with every change that can change an answer. */
  version: 2,
  /** Hours over which the weights of start points add up to 1. */
  hours: (90 * DAY) / HOUR,
  /** Back: "30 % or more" against "5 % or less". The third that is hardest to see has three of four shares of the prior. */
  back: { nothing: 0.05, instead: [0.3, 0.3, 0.3, 1] },
  /** A tenth that came at some instant. What it explains nearly as well is not back. */
  tenth: { nothing: 0.05, instead: [0.1] },
  /** "30 % since some instant, a tenth or less before" against "a tenth since the close": what came before counts. */
  left: { before: { nothing: 0.1, instead: [0, 0.02, 0.05, 0.1] }, since: { nothing: 0.1, instead: [0.3] } },
  /** Of such returns, three in four begin soon: half of them in so many hours. Later the silence before speaks for itself. */
  soon: { share: 0.75, halfHours: 24 },
  /** Away: "5 % or less" against "30 % or more". */
  away: { nothing: 0.3, instead: [0, 0.02, 0.05] },
  /** Odds at which it is back: by Ville's inequality it is said in 90 days in at most 1 of 100 cases in which 5 % are left. */
  backAt: 100,
  /** How much better than "a tenth came" it has to explain the counts: at 3, one in ten that came after 30 days was called back. */
  overTenth: 15,
  /**
   * Odds against "a tenth is left". Here 1 to 2 % of the tenths that are left of half an error an hour are called back in
   * 90 days, and 90 % of what comes back to a third of it is found within five days: at higher odds less of both.
   */
  overLeft: 22,
  awayAt: 20,
  /** It is away over the last stretch of this many times the exposure over which silence rules out 30 %. */
  awayOver: 2,
  /** Share of the weights that releases since the close divide: the first gets half of it, the second a sixth, and so on. */
  ofReleases: 0.1,
} as const;
