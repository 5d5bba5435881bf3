import { findIn, gained, lost } from "../text/occurrences.ts";
import type { PatchText, Version } from "../text/patched-file.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

const DSN = /https?:\/\/[0-9a-f]{16,}(?::[0-9a-f]+)?@[\w.:-]+\/\d+/gi;
const dsns = (version: Version) => (version.kind === "docs" ? [] : findIn(version, version.bare, DSN));

/** Where errors are sent: another address in place of a known one takes them away from whoever watches. Pure. */
export function judgeDsn(patch: PatchText): SilenceSighting[] {
  const added = gained(patch, dsns);
  const removed = lost(patch, dsns);
  if (added.length > 0 && removed.length > 0)
    return sightAll(added, "silences-sentry", "sends errors to another DSN");
  return [...sightAll(added, "dsn", "adds a DSN"), ...sightAll(removed, "dsn", "takes a DSN out", "before")];
}
