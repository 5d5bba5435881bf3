/**
 * `npm run bench:redaction -- [--seed N] [--missed] [--part NAME]`: how many secrets redaction finds, of families that its
 * rules name and of a third that is held out; of the services that are promised, and of known values in every encoding; how
 * often it hides what is none; and what hostile texts cost. Exits 1 where a goal is missed. `--missed` shows what was.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { COST_LIMITS, keepsLimits } from "./redaction/measure-cost.ts";
import { type Count, countEncodings, countProviders } from "./redaction/named-providers.ts";
import { measureFalseRedactions } from "./redaction/ordinary-texts.ts";
import { measureRecall } from "./redaction/recall.ts";
import { ENTRIES, measureWorst } from "./redaction/worst-inputs.ts";
import { wholeOption } from "./verdicts/read-options.ts";

const ROOT = fileURLToPath(new URL("../../../..", import.meta.url));
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    missed: { type: "boolean", default: false },
    part: { type: "string", default: "" },
  },
});
const seed = wholeOption("seed", values.seed, 0);

const PARTS: Readonly<Record<string, () => void>> = {
  known: () => recall("known", 0.99),
  "held-out": () => recall("held-out", 0.85),
  providers: () => all("providers", countProviders(seed)),
  encodings: () => all("encodings", countEncodings(seed)),
  ordinary,
  worst: () => {
    for (const entry of Object.keys(ENTRIES)) worst(entry);
  },
};
for (const [name, measure] of Object.entries(PARTS))
  if (values.part === "" || values.part === name) measure();

function tell(line: string, isMet: boolean, missed: readonly string[]): void {
  console.log(`${isMet ? "met   " : "MISSED"} ${line}`);
  if (!isMet) process.exitCode = 1;
  if (values.missed) for (const one of missed) console.log(`         ${one.slice(0, 300)}`);
}

function recall(part: "known" | "held-out", goal: number): void {
  const { found, secrets, rules, families, missed, examples } = measureRecall(part, seed);
  const counts = [...missed].sort((a, b) => b[1] - a[1]).map(([key, count]) => `${count} ${key}`);
  const line = `${part}: ${found} of ${secrets} secrets, ${percent(found, secrets)}, of ${rules} rules of ${families} families; goal ${100 * goal} %`;
  tell(line, found / secrets >= goal, [...counts, ...examples]);
}

function all(part: string, { all: drawn, found, missed }: Count): void {
  tell(`${part}: ${found} of ${drawn}, ${percent(found, drawn)}; goal 100 %`, found === drawn, missed);
}

function ordinary(): void {
  const { texts, wrong, counts } = measureFalseRedactions(ROOT, seed);
  const sources = [...counts].map(([source, count]) => `${count} ${source}`).join(", ");
  const line = `ordinary: ${wrong.length} of ${texts} texts wrongly redacted, ${percent(wrong.length, texts)}; goal at most 0.1 %; ${sources}`;
  tell(
    line,
    wrong.length / texts <= 0.001,
    wrong.map(({ source, kinds, text }) => `${source} [${kinds}] ${text.trim()}`),
  );
}

function worst(entry: string): void {
  const shapes = measureWorst(ENTRIES[entry] ?? (() => undefined), seed);
  const slowest = shapes[0]?.milliseconds ?? 0;
  const growth = Math.max(...shapes.map((one) => one.growth), 0);
  const line = `worst, ${entry}: ${slowest.toFixed(0)} ms of CPU for 65,536 characters of ${shapes.length} shapes, ${growth === 0 ? "too quick to compare with" : `${growth.toFixed(1)} times`} those of half; goal at most ${COST_LIMITS.milliseconds} ms and ${COST_LIMITS.growth} times`;
  const isMet = shapes.every((one) => keepsLimits(one, COST_LIMITS));
  tell(
    line,
    isMet,
    shapes
      .slice(0, 12)
      .map((one) => `${one.milliseconds.toFixed(0)} ms, ${one.growth.toFixed(1)} times: ${one.shape}`),
  );
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(2)} %`;
}
