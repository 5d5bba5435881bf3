import type { Incident, Residual } from "@patchpilot/incident";
import { HOUR, MINUTE } from "@patchpilot/time";
import * as z from "zod";

const count = z.number().nonnegative();

const SLOTS_PER_HOUR = HOUR / (5 * MINUTE);

/** What verify-recovery keeps with its verdict, as far as it tells what is left. */
const numbersSchema = z.object({
  facts: z.object({
    errors: z
      .object({
        summary: z.object({
          active0: count,
          events0: count.optional(),
          known0: count,
          E0: count,
          c: count,
          events: count.optional(),
          known: count,
          E: count,
        }),
      })
      .optional()
      .catch(undefined),
    latency: z
      .object({ summary: z.object({ p95: count.nullable() }) })
      .optional()
      .catch(undefined),
  }),
});

/**
 * What is left of the failure after the fix of an attempt was live, by the numbers of the recovery record; undefined
 * where no verdict is about this attempt. Pure.
 */
export function measureResidual({ records, episode }: Incident, attempt: number): Residual | undefined {
  const recovery = records.recoveries.get(episode)?.data;
  if (recovery?.attempt !== attempt) return undefined;
  const { verdict } = recovery;
  const facts = numbersSchema.safeParse(recovery.numbers).data?.facts;
  if (facts?.errors) return { verdict, ...ofErrors(facts.errors.summary) };
  if (facts?.latency)
    return { verdict, ...ofLatency(facts.latency.summary.p95, records.incident?.data.performance?.now.p95) };
  return { verdict };
}

type Errors = NonNullable<z.output<typeof numbersSchema>["facts"]["errors"]>["summary"];

/** Errors an hour; what is left is measured by the five-minute slots with the error, against the traffic of both. */
function ofErrors({ active0, events0, known0, E0, c, events, known, E }: Errors): Omit<Residual, "verdict"> {
  const perHour = (errors: number | undefined, slots: number): number | null =>
    errors !== undefined && slots > 0 ? round((errors * SLOTS_PER_HOUR) / slots) : null;
  return {
    unit: "errors per hour",
    before: perHour(events0, known0),
    after: perHour(events, known),
    left: E0 > 0 && E > 0 && active0 > 0 ? round(c / E / (active0 / E0)) : null,
  };
}

const ofLatency = (p95: number | null, slow: number | undefined): Omit<Residual, "verdict"> => ({
  unit: "p95 in ms",
  before: slow ?? null,
  after: p95,
  left: slow && p95 !== null ? round(p95 / slow) : null,
});

const round = (value: number): number => Math.round(value * 1000) / 1000;
