import { daily } from "./hours.ts";
import { type Curve, stepAtDeploy } from "./plan.ts";
import type { WorldKind } from "./world.ts";

/** Mean over a day of a function of the daily cycle, by minute. */
function dailyMean(of: (load: number) => number): number {
  const minutes = 24 * 60;
  let sum = 0;
  for (let minute = 0; minute < minutes; minute++) sum += of(daily(0, minute * 60_000));
  return sum / minutes;
}

const PEAK_FROM = 1.5;

/** Errors per unit of traffic, 1 in the mean over the traffic of a usual day. */
const RISKS = [
  { text: "errors as the cube of load", per: (load: number) => load ** 2 },
  { text: "errors at peak load only", per: (load: number) => (load > PEAK_FROM ? 1 : 0) },
] as const;

const SINCE = [
  { text: "", factor: 1 },
  { text: ", 30 % less traffic since the deploy", factor: 0.7 },
  { text: ", holiday at a quarter since the deploy", factor: 0.25 },
] as const;

export const LOAD: readonly WorldKind[] = RISKS.flatMap(({ text, per }) => {
  const mean = dailyMean((load) => load * per(load));
  return SINCE.map(({ text: since, factor }): WorldKind => {
    const level = stepAtDeploy(1, factor);
    const load: Curve = (bucket, at) => daily(bucket, at) * level(bucket, at);
    return {
      name: text + since,
      claim: "print",
      plan: () => ({ operation: load, risk: (bucket, at) => per(load(bucket, at)) / mean }),
    };
  });
});
