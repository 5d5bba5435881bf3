import type { ErrorIdentity } from "../sources.ts";

/**
 * The first error that began after the deploy in the same place: a fix that only changes the message, or moves
 * the crash one line down, makes the old issue quiet and a new one loud.
 */
export function findSibling(
  own: ErrorIdentity,
  newer: readonly ErrorIdentity[],
  anchor: number,
): ErrorIdentity | undefined {
  return newer
    .filter((other) => other.firstSeen >= anchor && other.shortId !== own.shortId && isSamePlace(own, other))
    .sort((a, b) => a.firstSeen - b.firstSeen)
    .at(0);
}

function isSamePlace(own: ErrorIdentity, other: ErrorIdentity): boolean {
  if (own.projectId !== null && other.projectId !== null && own.projectId !== other.projectId) return false;
  if (own.culprit !== null && own.culprit !== "") return own.culprit === other.culprit;
  return own.filename !== null && own.filename === other.filename && own.function === other.function;
}
