import { BUCKETS_PER_HOUR } from "@patchpilot/verdict";
import type { Judge } from "./judge.ts";
import { sumReleases } from "./see-counts.ts";

const QUIET = BUCKETS_PER_HOUR / 2;

/** What a wrong rule does: the first half-hour without an error is a recovery. */
export const judgeQuietHalfHour: Judge = ({ events, deploy }) => {
  const since = sumReleases(events).slice(deploy);
  let quiet = 0;
  const last = since.findIndex((count) => {
    quiet = count === 0 ? quiet + 1 : 0;
    return quiet === QUIET;
  });
  const verdict = last === -1 ? "inconclusive" : "recovered";
  return { verdict, hours: (last + 1) / BUCKETS_PER_HOUR, promised: null };
};
