import { findIn, gained, type Occurrence, occurrence } from "../text/occurrences.ts";
import type { PatchText, Version } from "../text/patched-file.ts";
import { regionAfter } from "../text/regions.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

/** Handlers for the errors of a whole process or page, and switches that hide all of them. */
const HANDLER =
  /\bprocess\.(?:on|once|addListener|prependListener)\s*\(\s*["'](?:uncaughtException|unhandledRejection)["']|\bwindow\.(?:onerror|onunhandledrejection)\s*=|\b(?:window|self|globalThis)\.addEventListener\s*\(\s*["'](?:error|unhandledrejection)["']|\bset_(?:error|exception)_handler\s*\(|\bsys\.excepthook\s*=|\bsetDefaultUncaughtExceptionHandler\b|\bThread\.report_on_exception\s*=|\bAppDomain\.CurrentDomain\.UnhandledException\s*\+=/g;
const SWITCH =
  /\berror_reporting\s*\(\s*(?:0|E_ERROR\s*&)|\bini_set\s*\(\s*["'](?:display_errors|log_errors|error_reporting)["']\s*,\s*["']?(?:0|off|false)|\bwarnings\.(?:filterwarnings|simplefilter)\s*\(\s*["']ignore["']|\breport_on_exception\s*=\s*false|\b(?:stopImmediatePropagation|preventDefault)\s*\(\s*\)(?=[^\n]{0,40}(?:unhandled|error))|\b2>\s*\/dev\/null|\|\|\s*true\s*$|\bset\s+\+e\b|\bSilenceUsage:\s*true/gm;
/** A handler that ends the process, reports or throws hides nothing. */
const HANDS_ON =
  /\bcapture\w*\s*\(|\bexit\s*\(|\bthrow\b|\braise\b|\babort\b|\bkill\b|\.error\s*\(|\.fatal\s*\(|\bLogError|__excepthook__/i;

const handlers = (version: Version): Occurrence[] =>
  version.kind === "test"
    ? []
    : [...version.bare.matchAll(HANDLER)].flatMap(({ index }) => {
        const { from, to } = regionAfter(version, index);
        if (HANDS_ON.test(version.code.slice(from, Math.max(to, from + 1)))) return [];
        return [occurrence(version, version.bare.slice(from, to), from, to - 1)];
      });

const switches = (version: Version): Occurrence[] =>
  version.kind === "docs" || version.kind === "test" ? [] : findIn(version, version.bare, SWITCH);

/** Errors that are hidden from the whole process. Pure. */
export const judgeProcess = (patch: PatchText): SilenceSighting[] =>
  [handlers, switches].flatMap((find) =>
    sightAll(gained(patch, find), "hides-errors", "hides errors of the whole process"),
  );
