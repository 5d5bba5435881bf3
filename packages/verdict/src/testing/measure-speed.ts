import { assessRecovery } from "../recovery.ts";
import { BUCKETS_PER_HOUR } from "../rule.ts";
import { poissonSeries, recoveryInput, seededRandom, WEEK } from "./incidents.ts";

/** Times the arithmetic of 500 incidents on one core: a week of buckets before, a day since. Prints milliseconds. */
const random = seededRandom(1);
const incidents = Array.from({ length: 500 }, (_, i) => {
  const perHour = 0.2 + (i % 40);
  const since = poissonSeries(24 * BUCKETS_PER_HOUR, perHour * random(), random);
  return recoveryInput(poissonSeries(WEEK, perHour, random), since);
});
const runs = Array.from({ length: 5 }, () => {
  const start = performance.now();
  for (const incident of incidents) assessRecovery(incident);
  return Math.round(performance.now() - start);
});
console.log(`500 incidents: first ${runs[0]} ms, best ${Math.min(...runs)} ms`);
