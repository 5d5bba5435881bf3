import type { Detector } from "./detector.ts";
import { reopenAtFirstEvent } from "./first-event.ts";
import { plainDetector } from "./plain-detector.ts";

/** The rules that can be measured, by the name that a worker is sent. */
export const DETECTORS = {
  plain: plainDetector,
  /** A control: it must miss what the bench promises. */
  "first event": reopenAtFirstEvent,
} as const satisfies { readonly [Name in string]: Detector };

export type DetectorName = keyof typeof DETECTORS;
