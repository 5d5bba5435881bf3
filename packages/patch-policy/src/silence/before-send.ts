import { gained, type Occurrence, occurrence } from "../text/occurrences.ts";
import { type PatchText, type Version, versionsAfter, versionsBefore } from "../text/patched-file.ts";
import { type Region, regionAfter } from "../text/regions.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

/** Functions that see every event before it is sent, in the spellings of Sentry's SDKs. */
const HOOK =
  /\b(?:set_?)?(?:before_?send(?:_?transaction|_?span)?|add_?(?:global_?)?event_?processor|(?:add_?)?error_?processor)\b["']?/gi;

const SAMPLER = /\b(?:traces_?sampler|error_?sampler)\b["']?/gi;

const NONE = "(?:null|None|nil|undefined)";
const EVENT = String.raw`(?:\w*(?:event|transaction|evt|span)\w*|ev?|t)`;

/**
 * Ends of a function that hand on no event. `null` elsewhere is what scrubbing looks like: `user: null`,
 * `event.user = guest ? null : user`.
 */
const DROP = new RegExp(
  [
    String.raw`\breturn\s*(?:${NONE}|false)?(?=\s*[;}\n]|\s+(?:if|unless)\b|$)`,
    String.raw`(?:=>|->)\s*(?:${NONE}|void 0|\(\s*${NONE}\s*\))(?![\w.])`,
    String.raw`\|[^|\n]{0,80}\|\s*(?:\{\s*)?None\b`,
    String.raw`\bin\s+nil\b`,
    String.raw`\bfn\b[^\n]{0,80}->\s*(?:nil|false|:ignore)\b`,
    String.raw`\blambda\b[^:\n]{0,80}:\s*None\b`,
    String.raw`(?:\{|\|[^|\n]{0,80}\|)\s*(?:nil|null)\s*\}`,
    String.raw`^[ \t]*(?:${NONE}|next(?:[ \t]+nil)?(?:[ \t]+(?:if|unless)\b[^\n]*)?)[ \t]*$`,
    String.raw`\?\s*${EVENT}\s*:\s*${NONE}\b`,
    String.raw`(?:\breturn\b|=>|->)[^;{}\n]{0,200}\?\s*${NONE}\s*:`,
    String.raw`(?:\breturn\b|\blambda\b)[^\n]{0,200}\belse\s+${NONE}\b`,
    String.raw`(?:\breturn\b|=>)[^;\n]{0,200}&&\s*${EVENT}\s*(?=[;,)}\n])`,
  ].join("|"),
  "gm",
);
const NO_SAMPLE =
  /(?:\breturn\s+(?:0(?:\.0+)?|false|False)\b|(?:=>|->)\s*(?:0(?:\.0+)?|false)\b|\?\s*0(?:\.0+)?\s*:|:\s*0(?:\.0+)?(?=\s*[;,)}\n])|\b0(?:\.0)?\s+if\b)/g;

/** Functions before Sentry that drop what they dropped not before. One that only scrubs an event drops nothing. Pure. */
export function judgeHooks(patch: PatchText): SilenceSighting[] {
  const sides = [versionsBefore(patch), versionsAfter(patch)];
  const find =
    (hook: RegExp, drop: RegExp) =>
    (version: Version): Occurrence[] => {
      const all = sides.find((versions) => versions.includes(version)) ?? [version];
      return findDrops(version, all, hook, drop);
    };
  return [
    ...sightAll(gained(patch, find(HOOK, DROP)), "silences-sentry", "drops events before they are sent"),
    ...sightAll(gained(patch, find(SAMPLER, NO_SAMPLE)), "lowers-sampling", "samples nothing of some traces"),
  ];
}

function findDrops(version: Version, all: readonly Version[], hook: RegExp, drop: RegExp): Occurrence[] {
  const found = new Map<string, Occurrence>();
  let seen = 0;
  for (const match of version.bare.matchAll(hook)) {
    if (match.index < seen) continue;
    const own = regionAfter(version, match.index + match[0].length);
    seen = own.to;
    for (const { version: place, region } of [{ version, region: own }, ...namedFunction(version, own, all)])
      for (const end of place.code.slice(region.from, region.to).matchAll(drop)) {
        const from = region.from + end.index;
        const to = from + end[0].trimEnd().length - 1;
        found.set(`${place.path}:${from}`, occurrence(place, `${readCondition(place, from)} drop`, from, to));
      }
  }
  return [...found.values()];
}

/** What decides a drop: its own line, and the one above where that line alone decides nothing. */
function readCondition(version: Version, offset: number): string {
  const line = version.lineOf(offset);
  const own = (version.lines[line - 1] ?? "").slice(0, 300);
  if (/\b(?:if|unless|when|case|\?)/.test(own)) return own;
  const above = version.lines.slice(Math.max(0, line - 4), line - 1).map((text) => text.slice(0, 300));
  const from = above.findLastIndex((text) => /\b(?:if|unless|when|case|elif|else)\b/.test(text));
  return from < 0 ? own : [...above.slice(from), own].join(" ");
}

/** A hook may be given by its name: the function of that name, wherever the patch's files have it. */
function namedFunction(
  version: Version,
  { from, to }: Region,
  all: readonly Version[],
): { version: Version; region: Region }[] {
  const name = /^\s*(?:=>|[:=(,])\s*(?:\w+\.|&|method\(:)?([A-Za-z_]\w*)\s*[),;]?\s*$/.exec(
    version.code.slice(from, Math.min(to + 1, from + 200)),
  )?.[1];
  if (name === undefined || /^(?:null|None|nil|undefined|function|async|lambda)$/.test(name)) return [];
  const definition = new RegExp(
    String.raw`\b(?:function|def|func|fun|const|let|var|static)\s+(?:self\.)?${name}\b`,
    "g",
  );
  return all.flatMap((place) =>
    [...place.code.matchAll(definition)].map(({ index, 0: text }) => ({
      version: place,
      region: regionAfter(place, index + text.length),
    })),
  );
}
