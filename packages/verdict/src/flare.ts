import type { RecoveryBaseline } from "./baseline.ts";
import { BUCKETS_PER_HOUR, RULE } from "./rule.ts";
import type { RecoveryInput, RecoverySummary } from "./summary.ts";

/** A first flare that calms by itself looks like a fix; what is known for longer has outlasted one. */
export const isYoung = (
  { exposure, cut }: RecoveryBaseline,
  { baselineBeginsAtFirstEvent }: Pick<RecoveryInput, "baselineBeginsAtFirstEvent">,
): boolean =>
  baselineBeginsAtFirstEvent && !cut && exposure.length < RULE.flare.knownHours * BUCKETS_PER_HOUR;

/** Hours after which a silence has lasted for so long that whatever it was has stopped. */
export const stoppedAfter = ({ cap }: Pick<RecoverySummary, "cap">): number =>
  Math.min(RULE.flare.stoppedHours, cap);
