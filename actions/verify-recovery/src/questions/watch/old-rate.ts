import type { RecoveryRecord } from "@patchpilot/incident";
import { omitUndefined } from "@patchpilot/optional";
import type { OldCounts, VerifyFacts } from "../../facts.ts";

const NUMBERS = ["active0", "events0", "known0", "n0", "E0", "phi"] as const;

/**
 * What the record of a close, or of a look after it, holds of the time before the deploy: Sentry need not keep that for
 * 90 days. Undefined where the record holds no counts.
 */
export function readOldCounts(record: RecoveryRecord | null): OldCounts | undefined {
  const { facts } = (record?.numbers ?? {}) as { facts?: Partial<VerifyFacts> };
  const { close, errors } = facts ?? {};
  if (close?.old !== undefined) return checked(close.old);
  return errors?.state === "counted" ? checked({ before: errors.summary, ...errors }) : undefined;
}

/** Records are read as they were written, by any version. */
function checked({ before, source, apps }: OldCounts): OldCounts | undefined {
  const { active0, events0, known0, n0, E0, first, phi, evidenceHours } = before;
  if (!NUMBERS.every((name) => Number.isFinite(before[name])) || typeof first !== "boolean") return undefined;
  const counts = { active0, events0, known0, n0, E0, first, phi };
  return { before: omitUndefined({ ...counts, evidenceHours }), source, ...omitUndefined({ apps }) };
}
