import { type Find, findIn, gained, lost, type Occurrence, occurrence } from "../text/occurrences.ts";
import type { PatchText, Version } from "../text/patched-file.ts";
import { findClose, type Region, regionAfter } from "../text/regions.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

/** Where Sentry is started, in the spellings of its SDKs. */
const INIT =
  /\b(?:Sentry\w*\.(?:init|Init)|sentry_sdk\.init|sentry\.Init|(?:\\?Sentry\\)init|SentrySdk\.Init|SentrySDK\.start|sentry::init|UseSentry|initSentry\w*)\b\s*(?=[({]|do\b)/g;

/** A file that is about Sentry as a whole: `sentry.client.config.ts`, `config/initializers/sentry.rb`, `instrument.js`. */
const SENTRY_FILE = /(?:^|\/)(?:\.?sentry[\w.-]*|instrument(?:ation)?(?:[.-]\w+)*)\.\w+$/i;

/** Whether a version speaks of Sentry at all. */
export const isAboutSentry = ({ path, raw }: Version): boolean => /sentry/i.test(path) || /sentry/i.test(raw);

/** The parts of a version that set Sentry up. */
function sentryRegions(version: Version): Region[] {
  if (SENTRY_FILE.test(version.path)) return [{ from: 0, to: version.raw.length }];
  return [...version.code.matchAll(INIT)].map(({ index }) => regionAfter(version, index));
}

/** Matches of a pattern inside of Sentry's settings only; keys of strings stay readable there. */
const inSettings =
  (pattern: RegExp): Find =>
  (version) => {
    const regions = sentryRegions(version);
    return findIn(version, version.bare, pattern).filter((found) =>
      regions.some(({ from, to }) => version.lineOf(from) <= found.from && found.to <= version.lineOf(to)),
    );
  };

const ASSIGN = String.raw`["']?\s*(?:=>|:=|[:=(,]|\bto\b)\s*`;

const OFF = inSettings(
  new RegExp(
    String.raw`(?<![\w.-])["']?(?:[\w.]+\.)?(?:is_?|set)?enabled${ASSIGN}(?:false|!1|0|no|off|nil|None|False)\b`,
    "gi",
  ),
);
const NO_DSN = inSettings(
  new RegExp(String.raw`\bdsn${ASSIGN}(?:""|''|null\b|nil\b|None\b|undefined\b|false\b)`, "gi"),
);
const EMPTY_VARIABLE: Find = (version) =>
  findIn(
    version,
    version.bare,
    /\bSENTRY_DSN["'\]]*[ \t]*[:=][ \t]*(?:""|'')?[ \t]*$|\bSENTRY_ENABLED["']?[ \t]*[:=][ \t]*["']?(?:false|0|off|no)\b/gim,
  );
const NO_DEFAULTS = inSettings(
  /\b(?:defaultIntegrations|default_integrations|setEnableUncaughtExceptionHandler|enableUncaughtExceptionHandler|DisableUnobservedTaskExceptionCapture|DisableAppDomainUnhandledExceptionCapture)\b["']?\s*[:=(]\s*(?:false|False|\))/g,
);
const FEWER_INTEGRATIONS = inSettings(/\bintegrations\b[^;]{0,200}?\.filter\s*\(/g);
const NO_CLIENT: Find = (version) =>
  findIn(
    version,
    version.code,
    /\b(?:Sentry|sentry_sdk|getClient\(\)\??|getCurrentHub\(\)|Hub\.current)\.(?:bind_?[cC]lient\s*\(\s*(?:None|null|undefined)|getOptions\(\)\.enabled\s*=\s*false)/g,
  );

const INIT_CALL: Find = (version) => findIn(version, version.code, INIT, () => "init");
/** An import for its effect alone: nothing else of the file shows that it is there. */
const STARTING_IMPORT: Find = (version) =>
  findIn(
    version,
    version.bare,
    /^[ \t]*(?:import\s*|require\s*\(?\s*)["'][^"'\n]*(?:sentry|instrument)[^"'\n]*["']/gim,
    () => "import",
  );

const ADDS: readonly (readonly [Find, string])[] = [
  [OFF, "switches Sentry off"],
  [NO_DSN, "takes Sentry's DSN away"],
  [EMPTY_VARIABLE, "takes Sentry's DSN away"],
  [NO_DEFAULTS, "switches off what Sentry catches automatically"],
  [NO_CLIENT, "takes Sentry's client away"],
];

/** Settings by which Sentry reports less, or nothing. Pure. */
export function judgeSettings(patch: PatchText): SilenceSighting[] {
  return [
    ...ADDS.flatMap(([find, does]) => sightAll(gained(patch, find), "silences-sentry", does)),
    ...sightAll(gained(patch, FEWER_INTEGRATIONS), "hides-errors", "filters Sentry's integrations"),
    ...[INIT_CALL, STARTING_IMPORT].flatMap((find) =>
      sightAll(lost(patch, find), "silences-sentry", "no longer starts Sentry", "before"),
    ),
    ...judgeLists(patch),
  ];
}

/** Lists of what is not reported, whatever an SDK calls them. */
const LIST =
  /(?<![A-Za-z])(?:\$|@)?(?:[A-Za-z]{1,30}[_.-]){0,5}(?:ignored?[_-]?(?:errors?|exceptions?(?:[_-]?for[_-]?type)?|transactions?|spans?)|(?:deny|blacklist)[_-]?urls|excluded[_-]?exceptions|dont[_-]?report|ignore[_-]?logger|(?:add|set)Ignored(?:ExceptionForType|Exceptions?ForType|Errors?|Transactions?)|add_?exception_?filter(?:_?for_?type)?)(?![A-Za-z])["']?\s*(?:=>|:=|\+=|\|=|<<|=|:|<[\w.:]+>(?=\()|(?=\()|(?:\.|\?\.)(?:push|add|concat|append|extend|unshift|merge)(?=\())/gi;

/** A new list of addresses that are reported leaves out all others. */
const ALLOWED = inSettings(/\b(?:allow|whitelist)_?urls\b["']?\s*[:=]\s*\[/gi);

function judgeLists(patch: PatchText): SilenceSighting[] {
  const about = new Set(
    patch.files.flatMap(({ path, before, after }) => {
      const version = after ?? before;
      return version !== undefined && isAboutSentry(version) ? [path] : [];
    }),
  );
  return [
    ...gained(patch, listEntries).flatMap((found) => {
      const does = `adds ${found.key.slice(0, 80)} to what is not reported`;
      return sightAll([found], about.has(found.path) ? "silences-sentry" : "ignores-errors", does);
    }),
    ...sightAll(gained(patch, ALLOWED), "silences-sentry", "reports from listed addresses only"),
  ];
}

/** Entries of all such lists: their strings, patterns and names. */
function listEntries(version: Version): Occurrence[] {
  let seen = 0;
  return [...version.bare.matchAll(LIST)].flatMap((match) => {
    // What stands in another list is an entry of that one.
    if (match.index < seen) return [];
    // A name that stands in a string is one only as a key: `'ignore_exceptions' => […]`.
    const inText = version.code[match.index] !== version.bare[match.index];
    if (inText && !/["']\s*(?:=>|:|=)$/.test(match[0])) return [];
    const { from, to } = listRegion(version, match.index + match[0].length);
    seen = to;
    const generic = /<([\w.:]+)>$/.exec(match[0])?.[1];
    const text = version.bare.slice(from, to);
    if (generic !== undefined) return [occurrence(version, generic, match.index, to)];
    if (/^\s*(?:true|false|null|None|nil|undefined|string|\w+\[\];?)\s*$/.test(text)) return [];
    return [
      ...text.matchAll(
        /"[^"\n]*"|'[^'\n]*'|`[^`]*`|\/(?:\\.|[^/\n])+\/[a-z]*|%w\[[^\]]*\]|[A-Za-z_][\w.:\\]*/g,
      ),
    ]
      .filter(
        ([entry]) =>
          !/^(?:r|new|RegExp|const|readonly|string|as|Array|Set|List|of|arrayOf|listOf|class|typeof|unknown|re\.compile|\[\]string)$/.test(
            entry,
          ),
      )
      .map((entry) =>
        occurrence(version, entry[0], from + entry.index, from + entry.index + entry[0].length - 1),
      );
  });
}

function listRegion(version: Version, start: number): Region {
  const { code } = version;
  const lineEnd = code.indexOf("\n", start) < 0 ? code.length : code.indexOf("\n", start);
  const opening = /^\s*(?:[\w.%]*\s*)?(?:\[\]string\s*)?[([{]/.exec(code.slice(start, start + 200));
  if (opening === null) {
    if (version.code.slice(start, lineEnd).trim() !== "" || version.language.blocks !== "indentation")
      return { from: start, to: lineEnd };
    // YAML: the entries stand on the lines below.
    return { from: start, to: yamlListEnd(code, lineEnd) };
  }
  return { from: start, to: findClose(version, start + opening[0].length - 1) };
}

function yamlListEnd(code: string, from: number): number {
  const entries = /^(?:\n[ \t]*(?:-[^\n]*)?(?=\n|$))*/.exec(code.slice(from, from + 5_000));
  return from + (entries?.[0].length ?? 0);
}
