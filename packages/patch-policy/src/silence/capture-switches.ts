import { type Find, findIn, gained, lost } from "../text/occurrences.ts";
import type { PatchText, Version } from "../text/patched-file.ts";
import { isAboutSentry } from "./sentry-settings.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

const IS = String.raw`["'\]]*\s*(?:=>|:=|[:=(])\s*`;
const NO = String.raw`["']?(?:false|False|FALSE|nil|None|null|0|off)\b`;

const isAboutMonitoring = (version: Version): boolean =>
  version.kind !== "docs" &&
  version.kind !== "test" &&
  (isAboutSentry(version) ||
    /posthog|crashlytics|bugsnag|rollbar|datadog|opentelemetry|newrelic/i.test(version.path + version.raw));

const find =
  (pattern: RegExp): Find =>
  (version) =>
    isAboutMonitoring(version) ? findIn(version, version.bare, pattern) : [];

/** What catches errors by itself, in the names of Sentry, PostHog and others. */
const CAPTURES_NOT = find(
  new RegExp(
    String.raw`(?<![\w])(?:options\.|config\.)?(?:set_?|is_?)?(?:enable|capture|auto|report|track|attach)?_?\w*(?:crash|uncaught|unhandled|exception|rejection|watchdog|anr\w*|app_?hang|native_?c?r?a?s?h?|error_?tracking|capture_?errors)\w*${IS}${NO}`,
    "gi",
  ),
);
const HANDLERS_OFF = find(/\bon(?:error|unhandledrejection|uncaughtexception)["']?\s*:\s*false\b/gi);
const OPTED_OUT = find(
  /\bopt_?out(?:_capturing)?\s*\(\s*\)|\bopt_?out_?(?:by_?default|capturing_?by_?default)["']?\s*[:=]\s*(?:true|True)|\bset\w*CollectionEnabled\s*\(\s*false|\b(?:disable|disabled)["']?\s*[:=]\s*(?:true|True)(?=[^\n]*posthog)|\bposthog\.disabled\s*=\s*True/gi,
);
const LEVEL = find(
  /\b(?:event_?level|minimum_?event_?level|sentry_logs_level)["']?\s*(?:=>|[:=(])\s*(?:None|nil|null|false|(?:logging|Level|LogLevel|SentryLevel|:)?\.?:?(?:CRITICAL|FATAL|Critical|Fatal|critical|fatal|OFF|off|None|none))\b/g,
);
const NO_INTEGRATIONS = find(
  /\b(?:disabled_?integrations|auto_?enabling_?integrations|default_?integrations|setupIntegrations|autoSetup)\b["']?\s*[:=]\s*(?:False|false|\[[^\]\n]*\w)/gi,
);
const LOGS_OFF = find(/\bsentry[._](?:logging|logs)[._]enabled\s*[:=]\s*false/gi);
const INTEGRATION: Find = (version) =>
  isAboutSentry(version)
    ? findIn(
        version,
        version.bare,
        /\b(?:\w+\.)?((?:\w+Integration)|captureConsole\w*|extraErrorData\w*)\s*\(/g,
        ([, name = ""]) => name,
      )
    : [];
const ENVIRONMENTS: Find = (version) =>
  isAboutSentry(version)
    ? [...version.bare.matchAll(/\benabled_environments\b[^\n]{0,200}/g)].flatMap((match) =>
        [...match[0].slice("enabled_environments".length).matchAll(/[a-z_]{3,}/g)].map((word) => ({
          key: word[0],
          path: version.path,
          from: version.lineOf(match.index),
          to: version.lineOf(match.index),
          spans: [[match.index, match.index + match[0].length]] as const,
        })),
      )
    : [];

/** What PostHog records beside errors. */
const RECORDS_LESS = find(
  /\b(?:autocapture|capture_?pageview|capture_?dead_?clicks|capture_?performance|rageclick|enable_?recording_?console_?log|sessionReplay|captureApplicationLifecycleEvents|enable_?auto_?session_?tracking|auto_session_tracking|enable_?logs|enable_?tracing)["']?\s*[:=]\s*(?:false|False|NO)\b|\bdisable_?(?:session_?recording|surveys|persistence|error_?tracking)["']?\s*[:=]\s*(?:true|True)\b/gi,
);

const OFF: readonly (readonly [Find, string])[] = [
  [CAPTURES_NOT, "switches off what catches errors automatically"],
  [HANDLERS_OFF, "switches off what catches errors automatically"],
  [OPTED_OUT, "takes all users out of what is captured"],
  [LEVEL, "sends no event of a log"],
  [NO_INTEGRATIONS, "switches integrations off"],
  [LOGS_OFF, "sends no log"],
];

/** Switches by which Sentry, PostHog and others capture less. Pure. */
export const judgeCaptures = (patch: PatchText): SilenceSighting[] => [
  ...OFF.flatMap(([find, does]) => sightAll(gained(patch, find), "silences-sentry", does)),
  ...sightAll(lost(patch, ENVIRONMENTS), "silences-sentry", "reports from fewer environments", "before"),
  ...sightAll(lost(patch, INTEGRATION), "hides-errors", "takes an integration of Sentry out", "before"),
  ...sightAll(gained(patch, RECORDS_LESS), "records-less", "records less of what users do"),
];
