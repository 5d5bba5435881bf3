import type { RecoveryRecord } from "@patchpilot/incident";
import type { ExposureSource, OldRate, VerifyFacts } from "../../facts.ts";

const NUMBERS = ["active0", "events0", "known0", "n0", "E0", "phi"] as const;

/** The error before the deploy, and what its traffic was counted in. */
export type OldCounts = { readonly before: OldRate; readonly source: ExposureSource };

/**
 * What the record of a close, or of a look after it, holds of the time before the deploy: Sentry need not keep that for
 * 90 days. Undefined where the record holds no counts.
 */
export function readOldCounts(record: RecoveryRecord | null): OldCounts | undefined {
  const { facts } = (record?.numbers ?? {}) as { facts?: Partial<VerifyFacts> };
  const { watch, errors } = facts ?? {};
  if (watch?.state === "counted") return checked(watch.before, watch.source);
  return errors?.state === "counted" ? checked(errors.summary, errors.source) : undefined;
}

/** Records are read as they were written, by any version. */
function checked(summary: OldRate, source: ExposureSource): OldCounts | undefined {
  const { active0, events0, known0, n0, E0, first, phi } = summary;
  if (!NUMBERS.every((name) => Number.isFinite(summary[name])) || typeof first !== "boolean")
    return undefined;
  return { before: { active0, events0, known0, n0, E0, first, phi }, source };
}
