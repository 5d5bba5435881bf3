import { answerWatch } from "@patchpilot/verdict/testing";
import type { Detector } from "./detector.ts";
import { reopenAtFirstEvent } from "./first-event.ts";

const shipped: Detector = (look) => {
  const answer = answerWatch(look);
  return answer === "unclear" ? "cannot tell" : answer;
};

/** The rules that can be measured, by the name that a worker is sent. */
export const DETECTORS = {
  shipped,
  /** A control: it must miss what the bench promises. */
  "first event": reopenAtFirstEvent,
} as const satisfies { readonly [Name in string]: Detector };

export type DetectorName = keyof typeof DETECTORS;
