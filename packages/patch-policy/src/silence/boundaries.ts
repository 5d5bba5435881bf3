import { gained, type Occurrence, occurrence } from "../text/occurrences.ts";
import type { PatchText, Version } from "../text/patched-file.ts";
import { type SilenceSighting, sightAll } from "./sighting.ts";

const ARGUMENTS = String.raw`(?:async\s+)?(?:function\s*\w*\s*)?(?:\([^()\n]{0,80}\)|\w+)\s*(?:=>)?\s*`;
const NOTHING = String.raw`(?:null|undefined|false|true|<>\s*</>|\(\s*\)|\{\s*(?:return(?:\s+(?:null|false|true|undefined|<>\s*</>))?;?)?\s*\})`;

/** Boundaries and handlers of whole screens and processes that show and report nothing. */
const PATTERNS = [
  // React.
  String.raw`\bfallback=\{\s*(?:null|false|undefined|<>\s*</>|""|'')\s*\}`,
  String.raw`\b(?:fallbackRender|FallbackComponent|onError)=\{\s*${ARGUMENTS}${NOTHING}\s*\}`,
  String.raw`\bcomponentDidCatch\s*\([^()\n]{0,80}\)[^{\n]{0,20}\{\s*\}`,
  String.raw`\b(?:has_?error|is_?error|failed|state\.error)\s*\)?\s*(?:\?\s*null\s*:|&&\s*null\b|\)\s*(?:\{\s*)?return\s+(?:null|<>\s*</>|false)\b)`,
  // Vue, Angular, Svelte.
  String.raw`\bonErrorCaptured\s*\(\s*${ARGUMENTS}${NOTHING}`,
  String.raw`\berrorCaptured\s*\([^()\n]{0,80}\)\s*\{\s*return\s+false;?\s*\}`,
  String.raw`(?:\b\w+\.)?\bconfig\.(?:errorHandler|warnHandler)\s*=\s*(?:null|noop|undefined|${ARGUMENTS}${NOTHING})`,
  String.raw`\bhandleError\b\s*(?::[^=\n]{0,80})?=\s*${ARGUMENTS}${NOTHING}|\bhandleError\s*\([^()\n]{0,80}\)[^{\n]{0,20}\{\s*\}`,
  String.raw`\{:catch[^}\n]{0,60}\}\s*\{/await\}`,
  // Flutter.
  String.raw`\bErrorWidget\.builder\s*=[^;\n]{0,80}(?:SizedBox(?:\.shrink)?|Container|Placeholder)\s*\(\s*\)`,
  String.raw`\b(?:FlutterError|PlatformDispatcher\.instance)\.onError\s*=\s*(?:null|${ARGUMENTS}${NOTHING})`,
  String.raw`\brunZonedGuarded\s*\([^;]{0,300},\s*\([^()\n]{0,60}\)\s*(?:\{\s*\}|=>\s*(?:null|\{\}))`,
  // Processes.
  String.raw`(?:\+\s*)?\bCoroutineExceptionHandler\s*\{[^{}\n]{0,80}->\s*(?:Unit\s*)?\}`,
  String.raw`(?:std::)?(?:panic::)?\bset_hook\s*\(\s*Box::new\s*\(\s*\|[^|\n]{0,40}\|\s*(?:\{\s*\}|\(\s*\))`,
  String.raw`\bNSSetUncaughtExceptionHandler\s*(?:\(\s*nil|\{\s*_\s+in\s*\})`,
  String.raw`\bsetDefaultUncaughtExceptionHandler\s*(?:\{[^{}\n]{0,60}->\s*\}|\([^;\n]{0,80}\{\s*\})`,
];
const HIDES = new RegExp(PATTERNS.join("|"), "gi");

/** A boundary that reports may show nothing. */
const REPORTS = /\b(?:capture|report|notify|log_?error)\w*\s*\(|\bconsole\.error\s*\(|\blogger\.error\s*\(/i;

const hidden = (version: Version): Occurrence[] =>
  version.kind === "test" || !version.language.code || REPORTS.test(version.code)
    ? []
    : [...version.code.matchAll(HIDES)].map(({ index, 0: text }) =>
        occurrence(version, text, index, index + text.length - 1),
      );

/** Boundaries that hide every error below them. Pure. */
export const judgeBoundaries = (patch: PatchText): SilenceSighting[] =>
  sightAll(gained(patch, hidden), "hides-errors", "hides everything that fails below it");
