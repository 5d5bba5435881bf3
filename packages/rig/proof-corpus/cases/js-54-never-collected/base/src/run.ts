import { describe } from "./describe";
import { type FailureEvent, isFatal } from "./event";

export function finish(events: readonly FailureEvent[]): string[] {
  return events.map((event) => (isFatal(event) ? describe(event).toUpperCase() : describe(event)));
}
