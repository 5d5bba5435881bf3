import { HOUR, WEEK } from "@patchpilot/time";
import { addFacts, askProvider, type Dossier, type RunReading } from "../reading.ts";
import type { TimeSpan } from "../sources.ts";
import { ceilHour, findSilence, type LatencyCounting } from "./count.ts";
import { judgeTracing } from "./tracing.ts";

export type Silent = { readonly dossier: Dossier; readonly counting: LatencyCounting };

/** Why have the requests of some operations stopped? Two requests for all of them, one for each time. */
export async function readTracing(
  silent: readonly Silent[],
  until: number,
  reading: RunReading,
): Promise<void> {
  const from = Math.max(...silent.map(({ counting }) => findSilence(counting)));
  const deploy = ceilHour(Math.min(...silent.map(({ counting }) => counting.anchor)));
  if (!(from < until)) return;
  const [before, now] = [
    { from: deploy - WEEK, until: deploy },
    { from, until },
  ];
  const [earlier, later] = await Promise.all([ask(silent, before, reading), ask(silent, now, reading)]);
  if (earlier === undefined || later === undefined) return;
  addFacts(
    silent.map(({ dossier }) => dossier),
    ({ case: { operation } }) => {
      const tracing = operation && judgeTracing(operation, earlier, later);
      return tracing === undefined ? {} : { tracing };
    },
  );
}

async function ask(silent: readonly Silent[], span: TimeSpan, { ports, troubles }: RunReading) {
  const { readTraced } = ports;
  if (readTraced === undefined) return undefined;
  const operations = silent.map(({ counting }) => counting.operation);
  const reply = await askProvider(troubles, () => readTraced(operations, span));
  if (!reply.answered || reply.value === undefined) return undefined;
  return { rows: reply.value, hours: (span.until - span.from) / HOUR };
}
