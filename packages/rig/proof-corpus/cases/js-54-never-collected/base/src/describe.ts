import type { FailureEvent } from "./event";

export function describe(event: FailureEvent): string {
  const message = event.details.data.message;
  return `${event.code}: ${message}`;
}
