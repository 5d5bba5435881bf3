import { judgeQuietHalfHour } from "./half-hour.ts";
import type { Judge } from "./judge.ts";
import { judgeAlone, judgeAsShipped } from "./judge-as-shipped.ts";

/** The rules that can be played, by the name that a worker is sent. */
export const JUDGES = {
  shipped: judgeAsShipped,
  /** As version 2 of the rule. */
  alone: judgeAlone,
  /** A control: it must miss what is promised. */
  "quiet half-hour": judgeQuietHalfHour,
} as const satisfies { readonly [Name in string]: Judge };

export type JudgeName = keyof typeof JUDGES;
