import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { redact } from "@patchpilot/evidence";
import { seededRandom } from "../verdicts/draws.ts";
import { drawOrdinaryTexts } from "./drawn-texts.ts";

/** Where texts without secrets come from, all of them public, and how many lines each gives. */
const SOURCES: readonly (readonly [name: string, patterns: readonly string[], lines: number])[] = [
  ["lockfiles", ["pnpm-lock.yaml"], 16_000],
  [
    "stack traces",
    ["packages/rig/bench/corpus/**/*.{json,txt,csv}", "packages/rig/proof-corpus/cases/**/*.{json,md,txt}"],
    24_000,
  ],
  [
    "READMEs",
    [
      "node_modules/.pnpm/*/node_modules/{*,@*/*}/README*",
      "node_modules/.pnpm/*/node_modules/{*,@*/*}/{docs,doc}/**/*.md",
    ],
    40_000,
  ],
  ["changelogs", ["node_modules/.pnpm/*/node_modules/{*,@*/*}/{CHANGELOG,HISTORY}*"], 14_000],
  ["licences", ["node_modules/.pnpm/*/node_modules/{*,@*/*}/LICEN*"], 6_000],
  ["package.json", ["node_modules/.pnpm/*/node_modules/{*,@*/*}/package.json"], 10_000],
  ["programs", ["node_modules/.pnpm/*/node_modules/{*,@*/*}/{dist,lib}/*.{js,mjs,cjs,ts,map}"], 60_000],
];

/** Few of all texts are drawn: those of kinds that hardly stand in packages. */
const DRAWN = 1_000;

/** What names a person or a machine is rightly hidden, wherever it stands. */
const RIGHTLY = new Set(["email", "ip", "user"]);

export type FalseRedactions = {
  readonly texts: number;
  readonly wrong: readonly {
    readonly source: string;
    readonly kinds: string;
    readonly shown: string;
    readonly text: string;
  }[];
  readonly counts: ReadonlyMap<string, number>;
};

/** Redacts lines that hold no secret; each in which something else than an address is hidden is wrong. */
export function measureFalseRedactions(root: string, seed: number): FalseRedactions {
  const wrong: FalseRedactions["wrong"][number][] = [];
  const counts = new Map<string, number>();
  let texts = 0;
  const samples = SOURCES.map(([source, ...from]) => [source, sampleLines(root, ...from, seed)] as const);
  for (const [source, lines] of [...samples, ["drawn", drawOrdinaryTexts(DRAWN, seed)] as const]) {
    counts.set(source, lines.length);
    texts += lines.length;
    for (const text of lines) {
      const { text: shown, redactions } = redact(text);
      const kinds = Object.keys(redactions).filter((kind) => !RIGHTLY.has(kind));
      if (kinds.length > 0) wrong.push({ source, kinds: kinds.join(" "), shown, text });
    }
  }
  return { texts, wrong, counts };
}

/** Distinct lines of a length that an error message has, in an order drawn by the seed. */
function sampleLines(root: string, patterns: readonly string[], most: number, seed: number): string[] {
  const draw = seededRandom(seed);
  const files = globSync([...patterns], { cwd: root })
    .sort()
    .filter((file) => statSync(join(root, file)).isFile());
  const lines = new Set<string>();
  for (const file of files)
    for (const line of readFileSync(join(root, file), "utf8").split("\n"))
      if (line.trim().length >= 12 && line.length <= 1_000) lines.add(line);
  return [...lines]
    .map((line) => ({ line, place: draw() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, most)
    .map(({ line }) => line);
}
