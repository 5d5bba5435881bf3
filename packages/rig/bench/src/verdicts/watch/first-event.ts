import type { Detector } from "./detector.ts";

/** What a watch without a detector does: the first error of anybody reopens. */
export const reopenAtFirstEvent: Detector = ({ since, stragglers, seen }) => {
  const isSeen = (count: number, bucket: number) => bucket < seen && count > 0;
  return since.events.some(isSeen) || stragglers.some(isSeen) ? "back" : "away";
};
