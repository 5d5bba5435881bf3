import { type ExpressionScope, evaluateCondition, evaluateText } from "../expression/evaluate.ts";
import type { JobSession } from "./job-session.ts";
import type { JobTask } from "./task.ts";

const MINUTE_MS = 60_000;

/** Why a step was ended before its own end. */
type Ended = "timeout" | "cancelled";

export type StepLimits = ReturnType<typeof watchLimits>;

/**
 * Watches what ends a step from outside: its job's cancellation, unless its condition still holds then (`if: always()`),
 * its own `timeout-minutes`, and the end of the time that a cancelled job's steps have.
 */
export function watchLimits(
  session: JobSession,
  task: JobTask,
  scope: () => ExpressionScope,
  forced: AbortSignal,
) {
  const controller = new AbortController();
  const { host, signal } = session.request;
  let reason: Ended | undefined;
  const stop = (why: Ended): void => {
    reason ??= why;
    controller.abort();
  };
  const onCancel = (): void => {
    session.cancelled = true;
    if (!evaluateCondition(task.condition, scope())) stop("cancelled");
  };
  const onForce = (): void => stop("cancelled");
  const minutes = task.timeoutMinutes === undefined ? 0 : Number(evaluateText(task.timeoutMinutes, scope()));
  const callOff = minutes > 0 ? host.delay(minutes * MINUTE_MS, () => stop("timeout")) : () => undefined;
  if (!signal.aborted) signal.addEventListener("abort", onCancel, { once: true });
  if (forced.aborted) onForce();
  else forced.addEventListener("abort", onForce, { once: true });
  return {
    /** Aborted when the step has to end. */
    signal: controller.signal,
    ended: () => reason,
    /** Stops watching. */
    release: (): void => {
      callOff();
      signal.removeEventListener("abort", onCancel);
      forced.removeEventListener("abort", onForce);
    },
  };
}
