export type { Account } from "./account.ts";
export * from "./alike.ts";
export * from "./claims.ts";
export * from "./confidence.ts";
export * from "./endings.ts";
export { MOST_AT_FIRST, roomAtFirst } from "./first-run.ts";
export * from "./incident.ts";
export { findJobCause, JOB_ENDING_FILE, type JobEnding, jobEndingText } from "./job-ending.ts";
export * from "./kinds.ts";
export {
  composeLesson,
  findLesson,
  fitLesson,
  type LessonFacts,
  lessonText,
  listTeachers,
} from "./lessons.ts";
export { isInFamily } from "./operation-families.ts";
export * from "./performance.ts";
export * from "./phases.ts";
export * from "./plan.ts";
export {
  explainPriceList,
  isPriceList,
  type ModelCost,
  type ModelUsage,
  type Prices,
  parsePrices,
  priceUsage,
} from "./prices.ts";
export {
  describeChange,
  describeProductImpact,
  type EventImpact,
  FEWEST_EVENTS,
  type ImpactFinding,
  judgeEvents,
  raiseSeverity,
  readAccepted,
  readImpact,
} from "./product-impact.ts";
export * from "./proof.ts";
export * from "./record-table.ts";
export * from "./records.ts";
export * from "./repair-result.ts";
export * from "./reported-exception.ts";
export type { Scored, ScoreMark } from "./scores.ts";
export { addSightings, isRiseDue, type Sightings } from "./seen.ts";
export {
  dropRecords,
  joinSequences,
  listOlder,
  listSequences,
  type OlderRecord,
  type Sequences,
} from "./sequences.ts";
export { isAtLeast, SEVERITIES, type Severity, scoreSeverity } from "./severity.ts";
export * from "./spend.ts";
export { parseSpoken, type SpokenCommand, spokenCause } from "./spoken.ts";
export { isWatched, STANDING_WATCH } from "./standing-watch.ts";
export * from "./summary.ts";
export * from "./task.ts";
export * from "./work-order.ts";
