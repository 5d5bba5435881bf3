import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fillSections, type GeneratedFile } from "./generated-files.ts";
import { table } from "./table.ts";

/** A figure of `npm run assure -- --full` as it is kept; `commit` is missing if nothing measured it. */
export type AssuredFigure = Readonly<Record<"figure" | "goal" | "seen" | "sample" | "command", string>> & {
  readonly holds: boolean;
  readonly interval?: string;
  readonly commit?: string;
  /** UTC, as ISO 8601. */
  readonly date?: string;
  readonly parts?: number;
  readonly ofParts?: number;
};

/** Where `npm run assure -- --full` keeps what it has seen. */
const RESULTS = "packages/rig/assure/results";

/**
 * docs/security.md with what was seen in full.
 * @throws Error with a sentence if the page has no place for it
 */
export function securityPage(repository: string): GeneratedFile {
  const folder = join(repository, RESULTS);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const figures = names
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as AssuredFigure);
  return fillSections(join(repository, "docs/security.md"), { assured: assuredTable(figures) });
}

/** What was seen in full, each with its commit and day; what was not is said. Pure. */
export function assuredTable(figures: readonly AssuredFigure[]): string {
  if (figures.length === 0) return "Nothing was measured in full.";
  return table([
    ["figure", "goal", "seen in full", "goal met", "sample", "interval", "commit and day"],
    ...figures.map((figure) => [
      `\`${figure.figure}\``,
      figure.goal,
      figure.commit === undefined ? `nothing: ${figure.seen}` : figure.seen,
      describeEnd(figure),
      figure.sample,
      figure.interval ?? "",
      figure.commit === undefined ? "" : `\`${figure.commit.slice(0, 12)}\`, ${figure.date?.slice(0, 10)}`,
    ]),
  ]);
}

function describeEnd({ commit, holds, parts = 0, ofParts = 0 }: AssuredFigure): string {
  if (commit === undefined) return "not measured";
  if (parts < ofParts) return `open: ${parts} of ${ofParts} parts played`;
  return holds ? "yes" : "**no**";
}
