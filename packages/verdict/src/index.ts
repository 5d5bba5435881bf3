export {
  alignAnchor,
  type BucketRow,
  clockExposure,
  countByBucket,
  type ErrorPoint,
  type Interval,
  layOutBuckets,
  type RecoveryRows,
  spreadOverBuckets,
  startAt,
} from "./buckets.ts";
export type { Evidence } from "./evidence.ts";
export { followRecovery, type History, type Look } from "./follow.ts";
export { type ChangePoint, findChangePoint } from "./latency/change-point.ts";
export { chooseHours, type JudgedHours } from "./latency/judged-hours.ts";
export {
  assessLatency,
  decideLatency,
  type LatencyAssessment,
  type LatencyGap,
  type LatencyTest,
  type LatencyVerdict,
} from "./latency/latency.ts";
export type { LatencyBucket, LatencyTally } from "./latency/latency-buckets.ts";
export {
  assessLatencyRecovery,
  decideLatencyRecovery,
  type LatencyBlocker,
  type LatencyRecovery,
} from "./latency/latency-recovery.ts";
export {
  type LatencyRecoveryInput,
  type LatencyRecoverySummary,
  summariseLatencyRecovery,
} from "./latency/latency-recovery-summary.ts";
export type { LatencyInput, LatencySummary } from "./latency/latency-summary.ts";
export {
  type Assessment,
  assessRecovery,
  type Blocker,
  decideFrom,
  type RecoveryNumbers,
  type RecoveryVerdict,
  type Weakness,
} from "./recovery.ts";
export { BUCKET_MS, BUCKETS_PER_HOUR, HOUR_MS, RULE } from "./rule.ts";
export type { Series } from "./series.ts";
export {
  GATES,
  type GateName,
  type Gates,
  type RecoveryInput,
  type RecoverySummary,
  summarise,
} from "./summary.ts";
export { isTrafficAlive } from "./traffic.ts";
