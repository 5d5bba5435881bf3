import type { SdkEvent, SdkFrame } from "./sdk-event.ts";
import { chooseCrashFrame } from "./stored-event.ts";

/**
 * What decides which issue an event belongs to: the SDK's own fingerprint, else the type of the raised exception and
 * its frames of the app without line numbers, else the message. A simplification of Sentry's grouping, which treats
 * the same crash after an unrelated edit as the same issue, too.
 */
export function makeFingerprint(event: SdkEvent): string {
  const custom = event.fingerprint?.filter((part) => part !== "{{ default }}") ?? [];
  if (custom.length > 0) return `custom|${custom.join("|")}`;
  const raised = event.exception?.values?.at(-1);
  if (raised === undefined) return `message|${event.logentry?.message ?? event.message ?? ""}`;
  const frames = raised.stacktrace?.frames?.filter(({ in_app }) => in_app) ?? [];
  const crash = chooseCrashFrame(raised);
  const relevant = frames.length > 0 ? frames : crash ? [crash] : [];
  if (relevant.length === 0) return `value|${raised.type}|${raised.value}`;
  return `stack|${raised.type}|${relevant.map(describeFrame).join("|")}`;
}

function describeFrame({ filename = "", module = "", function: name = "?" }: SdkFrame): string {
  return `${module || filename}:${name}`;
}
