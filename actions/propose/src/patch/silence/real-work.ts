import type { PatchText, Version } from "../text/patched-file.ts";
import type { Sighting } from "./sighting.ts";

const TOKEN = /[A-Za-z_$@][\w$]*|\d[\w.]*|"[^"\n]*"|'[^'\n]*'|`[^`]*`|[^\s\w]/g;

/** Words and signs that do nothing by themselves. */
const IDLE = new Set(
  "( ) { } [ ] ; , . : ' \" ` \\ let const var val final def end do begin try then this self pass".split(" "),
);

/** Lines that do nothing for whoever has an error: imports, and what is only written to a log. */
const IDLE_LINE =
  /^\s*(?:import\b|from\s+\S+\s+import\b|(?:const|let|var)\s+.*=\s*require\(|require(?:_relative)?\b|use\s+[\w\\]+;|using\s+[\w.]+;|package\b|#include\b|(?:console|logger|log|logging|Log|slog)\.\w+\(.*\)?;?\s*$|(?:print|println|puts)\b)/;

/**
 * Whether the patch does anything beside what the sightings explain: tokens of programs and settings that it has
 * gained or lost. Code that is only moved, wrapped or indented anew has neither. Tests and documents are no repair.
 */
export function doesRealWork({ files }: PatchText, sightings: readonly Sighting[]): boolean {
  const balance = new Map<string, number>();
  for (const { path, kind, before, after } of files) {
    if (kind === "test" || kind === "snapshot" || kind === "docs" || kind === "lockfile") continue;
    for (const [version, side, sign] of [
      [before, "before", -1],
      [after, "after", 1],
    ] as const) {
      if (version === undefined) continue;
      const own = sightings.filter((one) => one.path === path && one.explains.side === side);
      for (const token of tokensOf(version, own)) balance.set(token, (balance.get(token) ?? 0) + sign);
    }
  }
  return [...balance.values()].some((count) => count !== 0);
}

function tokensOf(version: Version, explained: readonly Sighting[]): string[] {
  const lines = version.bare.split("\n");
  return [...version.changed].flatMap((number) => {
    const line = lines[number - 1] ?? "";
    const isExplained = explained.some(({ explains }) => explains.from <= number && number <= explains.to);
    if (isExplained || IDLE_LINE.test(line)) return [];
    return (line.match(TOKEN) ?? []).filter((token) => !IDLE.has(token));
  });
}
