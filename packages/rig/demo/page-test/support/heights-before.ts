import type { Answers } from "./open-browser.ts";

/**
 * Heights of the same stories when every record had its own comment and none showed whose turn it is (8694a00e). Its
 * comments, word for word, on today's page at 360 px with folds closed: the page has other sizes since, and only the words
 * are compared. On its own page recovered was 5,486 px high, no-fix 6,151 and dead-worker 3,974.
 */
export const HEIGHTS_BEFORE: Readonly<Record<string, Answers["heights"]>> = {
  recovered: { comments: 3_078, issue: 3_890 },
  "no-fix": { comments: 3_947, issue: 4_880 },
  "half-fix": { comments: 3_714, issue: 4_524 },
  "quiet-death": { comments: 3_551, issue: 4_453 },
  slow: { comments: 4_813, issue: 5_227 },
  "dead-worker": { comments: 2_569, issue: 3_300 },
};
