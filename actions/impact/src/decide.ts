import { describeProductImpact, type ImpactRecord } from "@patchpilot/incident";
import { HOUR } from "@patchpilot/time";
import type { ImpactWindows } from "./decide-window.ts";

/**
 * Whether an incident must be counted (again): each run counts it while its window fills, and once more when it is
 * full, or has ended earlier because a fix went live. Nothing is said of an incident before half an hour of it. Pure.
 */
export function isDue(
  previous: ImpactRecord | null,
  { incident, isCut, early }: ImpactWindows,
  events: readonly string[],
): boolean {
  if (early !== undefined) return false;
  if (previous === null) return true;
  const known = previous.events.map(({ event }) => event);
  const to = Date.parse(previous.window.to);
  return incident.to > to || (isCut && incident.to < to) || events.some((event) => !known.includes(event));
}

/**
 * Whether what was counted again says something new, and is worth an edit: another finding, severity or baseline, or
 * hours that are over. Numbers alone are news only of what clearly changed, and an hour after the last ones. Pure.
 */
export function isNews(previous: ImpactRecord | null, counted: ImpactRecord, isFull: boolean): boolean {
  if (previous === null || isFull || sayWhat(previous) !== sayWhat(counted)) return true;
  const isLater = Date.parse(counted.window.to) >= Date.parse(previous.window.to) + HOUR;
  return isLater && countChanged(previous) !== countChanged(counted);
}

/** What is said of each event, without its numbers. */
const sayWhat = (record: ImpactRecord): string =>
  JSON.stringify([
    record.baseline,
    record.severity,
    ...listFindings(record).map(({ event, finding, current, baseline }) => [
      event,
      finding,
      current + baseline > 0,
    ]),
  ]);

const countChanged = (record: ImpactRecord): string =>
  JSON.stringify(
    listFindings(record).filter(({ finding = "few" }) => finding !== "few" && finding !== "steady"),
  );

const listFindings = (record: ImpactRecord) => describeProductImpact(record).events;
