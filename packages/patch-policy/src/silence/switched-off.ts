import { gained, type Occurrence, occurrence } from "../text/occurrences.ts";
import type { PatchedFile, PatchText, Version } from "../text/patched-file.ts";
import { lineOf, lineSpan } from "./lines.ts";
import { type SilenceSighting, sightAll, sighting } from "./sighting.ts";

const SETTING = /(?<![\w.])["']?([A-Za-z_][\w.-]{1,80})["']?\s*(?:=>|:=|[:=])\s*["']?(true|false|on|off|yes|no|1|0|enabled|disabled)["']?\s*[,;]?\s*$/i;
const ON = /^(?:true|on|yes|1|enabled)$/i;
/** Switches whose lower side shows more, or less that matters. */
const NO_FEATURE = /debug|verbose|trace|dry.?run|strict|test|mock|cache|minif|sourcemap|poll|retry|legacy|autofocus|default_?open/i;
const FEATURE = /feature|flag|toggle|enable|switch|show|allow|support|rollout|experiment|use/i;

type Setting = { readonly name: string; readonly on: boolean; readonly line: number };

const settingsIn = (version: Version | undefined, lines: readonly number[]): Setting[] =>
  version === undefined
    ? []
    : lines.flatMap((line) => {
        const [, name = "", value = ""] = SETTING.exec(lineOf(version, version.bare, line)) ?? [];
        return name === "" ? [] : [{ name, on: ON.test(value), line }];
      });

/** Settings by name that were on and are off. */
function judgeSettings({ path, kind, before, after, replacements }: PatchedFile): SilenceSighting[] {
  if (kind === "test" || kind === "docs" || after === undefined) return [];
  return replacements.flatMap(({ removed, added }) => {
    const earlier = settingsIn(before, removed);
    return settingsIn(after, added).flatMap(({ name, on, line }): SilenceSighting[] => {
      const was = earlier.find((one) => one.name === name);
      const isOff = /disable/i.test(name) ? on : !on;
      if (was === undefined || was.on === on || !isOff || NO_FEATURE.test(name)) return [];
      if (!FEATURE.test(`${path} ${name}`) && !/disable/i.test(name)) return [];
      const told = `\`${path}\` switches \`${name}\` off (line ${line}).`;
      return [sighting("disables-feature", told, { path, from: line, spans: [lineSpan(after, line)] })];
    });
  });
}

/** A condition on a switch, with a way out behind it. */
const FLAG = String.raw`(?:process\.env|import\.meta\.env|os\.(?:environ|getenv|Getenv)|getenv\(|ENV(?:\[|\.)|System\.getenv|env::var|System\.get_env|Application\.get_env|\w*[fF]eature\w*|\b\w*[fF]lags?\b|isEnabled|is_enabled|enabled\?|Flipper|[uU]nleash|LaunchDarkly|\.variation|\w*KILL_?SWITCH\w*|if\s*\(?\s*(?:false|0|False|true)\b)`;
const GUARD = new RegExp(
  String.raw`^[ \t]*(?:if|unless|guard)\b(?=[^\n]{0,200}${FLAG}|\s*\(?\s*(?:false|False)\b)[^\n]{0,200}?(?:\)|:|\{|\bthen)\s*(?:\{\s*)?\n?\s*(?:return|next|pass|continue)\b[^\n]*|^[ \t]*(?:return|next)\b[^\n]{0,60}\b(?:if|unless)\s[^\n]{0,100}${FLAG}[^\n]*|^[ \t]*if\s*\(?\s*(?:false|False)\b[^\n]*`,
  "gm",
);
const guards = (version: Version): Occurrence[] =>
  version.kind === "test" || !version.language.code
    ? []
    : [...version.code.matchAll(GUARD)].map(({ index, 0: text }) =>
        occurrence(version, text, index, index + text.length - 1),
      );

const COMMENT = /^\s*(?:\/\/|#|--|\/\*|<!--|\{\/\*)\s*(?<text>\S.*?)\s*(?:\*\/|-->|\*\/\})?\s*$/;

/** Code that becomes a comment. */
function judgeComments({ path, kind, before, after, replacements }: PatchedFile): SilenceSighting[] {
  if (kind !== "source" || before === undefined || after === undefined) return [];
  return replacements.flatMap(({ removed, added }) => {
    const gone = new Set(removed.map((line) => lineOf(before, before.raw, line).trim()).filter((text) => /\w\(|=/.test(text)));
    return added.flatMap((line): SilenceSighting[] => {
      const said = COMMENT.exec(lineOf(after, after.raw, line).slice(0, 500))?.groups?.["text"] ?? "";
      if (!gone.has(said)) return [];
      const told = `\`${path}\` makes a comment of code (line ${line}).`;
      const spans = removed.map((one) => lineSpan(before, one));
      return [sighting("disables-code", told, { path, from: line, spans }, "before")];
    });
  });
}

/** Features and code that are switched off in place of being repaired. Pure. */
export const judgeSwitches = (patch: PatchText): SilenceSighting[] => [
  ...patch.files.flatMap((file) => [...judgeSettings(file), ...judgeComments(file)]),
  ...sightAll(gained(patch, guards), "disables-feature", "leaves unless a switch is on"),
];
