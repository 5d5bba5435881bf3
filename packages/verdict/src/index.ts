export {
  alignAnchor,
  type BucketRow,
  clockExposure,
  countByBucket,
  layOutBuckets,
} from "./buckets.ts";
export { hasSay } from "./control.ts";
export type { RecoveryProof } from "./evidence.ts";
export { BLOCKER_OF_GATE, type GateBlocker, type GateName } from "./gates.ts";
export { hasHourlyRateStayed } from "./hourly.ts";
export { findChangePoint } from "./latency/change-point.ts";
export { chooseHours, type JudgedHours } from "./latency/judged-hours.ts";
export {
  assessLatency,
  type LatencyAssessment,
  type LatencyGap,
  type LatencyVerdict,
} from "./latency/latency.ts";
export type { LatencyBucket } from "./latency/latency-buckets.ts";
export {
  decideLatencyRecovery,
  type LatencyBlocker,
  type LatencyRecovery,
} from "./latency/latency-recovery.ts";
export {
  type LatencyRecoverySummary,
  summariseLatencyRecovery,
} from "./latency/latency-recovery-summary.ts";
export type { LatencySummary } from "./latency/latency-summary.ts";
export {
  assessRecovery,
  type Blocker,
  decideFrom,
  type RecoveryAssessment,
  type RecoveryNumbers,
  type RecoveryVerdict,
} from "./recovery.ts";
export { hasRisen } from "./rise.ts";
export { BUCKET, BUCKETS_PER_HOUR, RULE } from "./rule.ts";
export {
  findSensorHold,
  isSensorKnown,
  isSensorSeen,
  type SensorHold,
  type SensorInput,
  type SensorSummary,
  summariseSensor,
} from "./sensor.ts";
export { LOSSES, type Loss, type LossHours } from "./sensor-losses.ts";
export type { Series } from "./series.ts";
export { summarise } from "./summarise.ts";
export { countAlone, type RecoveryInput, type RecoverySummary } from "./summary.ts";
export { isTrafficAlive } from "./traffic.ts";
export { findGoneTraffic, type GoneTraffic } from "./traffic-gone.ts";
export { cutForTrend, estimateTrend, type Trend } from "./trend.ts";
export {
  decideWatch,
  summariseWatch,
  type WatchAnswer,
  type WatchBaseline,
  type WatchSummary,
} from "./watch/watch.ts";
export { WATCH } from "./watch/watch-rule.ts";
