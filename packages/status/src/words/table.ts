import {
  countThings,
  describeCount,
  describeMilliseconds,
  inlineCode,
  link,
  tableCell,
} from "@patchpilot/evidence";
import { describeChange, describeProductImpact, readImpact, type Sightings } from "@patchpilot/incident";
import type { Scene } from "../scene.ts";
import { attemptLines } from "./attempts.ts";

const MOST_ATTEMPTS = 4;

/** The facts of an incident in at most five rows. Texts of others stand in code. */
export function factsTable(scene: Scene): string {
  const rows = [
    ["Cause", causeCell(scene)],
    ["Sentry", sentryCell(scene)],
    ["Speed", speedCell(scene)],
    ["Impact", impactCell(scene)],
    ["Attempts", attemptsCell(scene)],
  ].filter(([, cell]) => cell !== "");
  if (rows.length === 0) return "";
  return ["| | |", "|---|---|", ...rows.map(([name, cell]) => `| ${name} | ${cell} |`)].join("\n");
}

function causeCell({ accepted: { suspectFiles, release } }: Scene): string {
  const [file, ...others] = suspectFiles;
  const more = others.length === 0 ? "" : ` and ${countThings(others.length, "other file")}`;
  const suspect = file === undefined ? "" : `suspect ${tableCell(file)}${more}`;
  return [suspect, release === undefined ? "" : `release ${tableCell(shorten(release), 40)}`]
    .filter(Boolean)
    .join(", ");
}

/** A commit as people write it. */
const shorten = (release: string): string => release.replace(/\b([0-9a-f]{7})[0-9a-f]{33}\b/g, "$1");

function sentryCell({ accepted: { sentry, seen }, at }: Scene): string {
  if (sentry === undefined) return "";
  const name = sentry.url === undefined ? inlineCode(sentry.shortId, 40) : link(sentry.shortId, sentry.url);
  const last = seen?.lastSeen === undefined ? "" : `last seen ${at(seen.lastSeen)}`;
  return [name, ...(seen === undefined ? [] : countedTexts(seen, at)), last].filter(Boolean).join(" · ");
}

/** Numbers that rise are said with the time up to which they were counted. Users of fewer events would mislead. */
function countedTexts({ at: countedAt, events, users, usersAt }: Sightings, at: Scene["at"]): string[] {
  const counts = [
    ...(events === undefined ? [] : [countThings(events, "event")]),
    ...(!users || usersAt !== undefined ? [] : [countThings(users, "user")]),
  ];
  return counts.length === 0 ? [] : [`${counts.join(", ")} by ${at(countedAt)}`];
}

function speedCell({ accepted: { performance }, at }: Scene): string {
  if (performance === undefined) return "";
  const { now, before, latest } = performance;
  const values = [
    ...(before === undefined ? [] : [`p95 ${describeMilliseconds(before.p95)} before`]),
    `${describeMilliseconds(now.p95)} when it was found`,
    ...(latest === undefined ? [] : [`${describeMilliseconds(latest.p95)} on ${at(latest.at)}`]),
  ];
  return values.join(" · ");
}

/** What users clearly did less or more of. */
function impactCell({ incident }: Scene): string {
  const impact = readImpact(incident.records, incident.episode);
  if (impact === undefined) return "";
  return describeProductImpact(impact)
    .events.flatMap(({ event, finding, current, baseline, change }) => {
      if (finding === undefined || finding === "few" || finding === "steady") return [];
      const how = describeChange({ finding: finding as "fell", change, current, baseline });
      return [`${tableCell(event)} ${how} (${describeCount(current)}, was ${describeCount(baseline)})`];
    })
    .slice(0, 3)
    .join("; ");
}

function attemptsCell(scene: Scene): string {
  const lines = attemptLines(scene);
  const shown = lines.slice(-MOST_ATTEMPTS);
  const left = lines.length - shown.length;
  return [...(left > 0 ? [`${countThings(left, "earlier attempt")}`] : []), ...shown].join("<br>");
}
