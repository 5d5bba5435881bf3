import { findIn, gained, lost, type Occurrence, occurrence } from "../text/occurrences.ts";
import type { PatchText, Version } from "../text/patched-file.ts";
import { findClose } from "../text/regions.ts";
import { type SilenceSighting, sightAll, sighting } from "./sighting.ts";

const inPrograms =
  (pattern: RegExp) =>
  (version: Version): Occurrence[] =>
    version.language.code && version.kind !== "test"
      ? [...version.code.matchAll(pattern)].map(({ index, 0: text }) =>
          occurrence(version, "call", index, callEnd(version, index + text.length) - 1),
        )
      : [];

/** The end of a call whose bracket is the last character before an offset; of its line where it has none. */
function callEnd(version: Version, offset: number): number {
  const { code } = version;
  if (code[offset - 1] === "(" || code[offset - 1] === "{") return findClose(version, offset - 1);
  return code.indexOf("\n", offset) < 0 ? code.length : code.indexOf("\n", offset);
}

/** Calls that send an error to Sentry, or to whatever else collects errors. */
const SENDS = inPrograms(
  /(?<![\w$])(?:\\?[\w$]{1,40}(?:\.|->|::|\\)){0,6}(?:capture_?(?:exception|message|error|event)\w*\s*\(|(?:Bugsnag|Rollbar|Honeybadger|Airbrake|Raygun)\.\w+\s*\(|report(?:Error|Exception)?\s*\((?=\s*\$?\w*(?:e|err|error|exception)\b))/gi,
);

const LOGGER = String.raw`(?<![\w$])(?:[\w$]{1,40}(?:\.|->|::)){0,6}(?:[\w$]*[lL]og(?:ger|ging)?|LOG|LOGGER|console|slog|Timber|zap|sugar)(?:\(\))?(?:\.|->|::)`;
const ERROR_LEVEL = inPrograms(
  new RegExp(
    String.raw`${LOGGER}(?:error\w*|Error\w*|exception|critical|fatal\w*|Fatal\w*|severe|LogError|LogCritical|e|wtf)\s*[({ ]|\berror_log\s*\(`,
    "g",
  ),
);
const LOWER_LEVEL = inPrograms(
  new RegExp(
    String.raw`(?<![\w$])(?:[\w$]{1,40}\.){0,6}(?:addBreadcrumb|add_breadcrumb|AddBreadcrumb)\s*\(|${LOGGER}(?:log|info\w*|Info\w*|debug\w*|Debug\w*|warn\w*|Warn\w*|trace|verbose|notice|LogInformation|LogDebug|LogWarning|LogTrace|d|i|v|w)\s*[({ ]`,
    "g",
  ),
);

/** Where errors are reported less than before: fewer calls, or calls at a lower level. Counted over the whole patch. Pure. */
export function judgeReports(patch: PatchText): SilenceSighting[] {
  const sends = lost(patch, SENDS);
  const errors = lost(patch, ERROR_LEVEL);
  const lower = gained(patch, LOWER_LEVEL);
  // An error that is sent is better than one that is only logged.
  const unreported = [...sends, ...errors.slice(gained(patch, SENDS).length)];
  const [lowered, removed] = [unreported.slice(0, lower.length), unreported.slice(lower.length)];
  return [
    ...removed.map((found) => {
      const told = `\`${found.path}\` no longer reports an error (line ${found.from} before the patch).`;
      return sighting("removes-report", told, found, "before");
    }),
    ...lowered.flatMap((found, index) => {
      const now = lower[index] as Occurrence;
      const told = `\`${found.path}\` logs an error at a lower level (line ${found.from} before the patch).`;
      return [sighting("lowers-log-level", told, found, "before"), sighting("lowers-log-level", told, now)];
    }),
    ...judgeLevels(patch),
  ];
}

/** Settings of a logger that let no error through. */
const SILENT_LEVEL = (version: Version): Occurrence[] =>
  version.kind === "test" || version.kind === "docs"
    ? []
    : findIn(
        version,
        version.bare,
        /(?<![\w.-])(?:[\w.-]{0,40}log[\w.-]{0,20}level|RUST_LOG|[\w.]{0,40}logging\.level[\w.]{0,80}|level|minimum_?-?event_?-?level|minimumEventLevel|MinimumEventLevel|min_?level|threshold)["']?(?:\s*[:=]\s*|\s*=>\s*|\(\s*)["']?(?:[\w.]+\.)?(?:silent|off|none|fatal|critical|emergency|emerg|OFF|NONE|FATAL|CRITICAL|SILENT)\b/gi,
      );
const NO_LOGGING = (version: Version): Occurrence[] =>
  version.kind === "test"
    ? []
    : findIn(
        version,
        version.code,
        /\blogging\.disable\s*\(|\.setLevel\s*\(\s*(?:logging\.)?(?:CRITICAL|FATAL|Level\.OFF|100|50)\b|\b(?:console|logger|log)\.error\s*=|\.propagate\s*=\s*False|\blevel\s*=\s*(?:Logger::(?:FATAL|UNKNOWN)|:fatal)|zerolog\.(?:Disabled|FatalLevel)|slog\.DiscardHandler|io\.Discard/g,
      );

const judgeLevels = (patch: PatchText): SilenceSighting[] =>
  [SILENT_LEVEL, NO_LOGGING].flatMap((find) =>
    sightAll(gained(patch, find), "lowers-log-level", "lets no error into the log"),
  );
