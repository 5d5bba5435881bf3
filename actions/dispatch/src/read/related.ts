import { type Incident, listTeachers, type Phase } from "@patchpilot/incident";
import type { Ledger } from "@patchpilot/ledger";
import type { DispatchPorts } from "../ports.ts";

/** Phases that the next attempt may be opened in. */
const IDLE: readonly (Phase | undefined)[] = ["accepted", "requeued"];

/**
 * Reads, in one request, what looks like an incident that may be sent and was not read with it: it has to wait if that
 * is under way, and where nothing is, nobody asks. What may teach it is asked for along with that.
 */
export async function readRelated(
  ports: DispatchPorts,
  { dispatchFacts }: Ledger,
  incidents: readonly Incident[],
  found: ReadonlySet<number>,
): Promise<readonly Incident[]> {
  if (dispatchFacts?.underWay === 0) return [];
  const idle = incidents.filter(({ open, phase }) => open && IDLE.includes(phase));
  const listUnread = (named: readonly number[]) => named.filter((number) => !found.has(number));
  const alike = listUnread(idle.flatMap(({ records }) => records.incident?.data.alike ?? []));
  if (alike.length === 0) return [];
  const numbers = [...new Set([...alike, ...listUnread(idle.flatMap(listTeachers))])];
  return (await ports.readLedger({ numbers }, [])).incidents;
}
