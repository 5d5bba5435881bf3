export { measureBaseline } from "../baseline.ts";
export { compareRanks, fromRankSum } from "../latency/mann-whitney.ts";
export { summariseSince } from "../summarise.ts";
export { expectTraffic } from "../traffic.ts";
export { answerWatch } from "./answer-watch.ts";
export { countSeen, followRecovery, type History } from "./follow.ts";
export { spreadOverBuckets } from "./spread.ts";
