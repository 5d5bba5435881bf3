/**
 * `npm run bench:redaction -- [--seed N] [--missed] [--part NAME]`: how many secrets redaction finds, of families that its rules name
 * and of a third that is held out; how often it hides what is none; and how its time grows with hostile texts. Exits 1
 * where a goal is missed.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureFalseRedactions } from "./redaction/ordinary-texts.ts";
import { measureRecall } from "./redaction/recall.ts";
import { wholeOption } from "./verdicts/read-options.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    missed: { type: "boolean", default: false },
    part: { type: "string", default: "" },
  },
});
const seed = wholeOption("seed", values.seed, 0);
const asked = (part: string): boolean => values.part === "" || values.part === part;

const GOALS = { known: 0.99, "held-out": 0.85 } as const;
for (const part of ["known", "held-out"] as const) {
  if (!asked(part)) continue;
  const recall = measureRecall(part, seed);
  const share = recall.found / recall.secrets;
  console.log(`${part}: ${recall.found} of ${recall.secrets} secrets found (${(100 * share).toFixed(2)} %), ${recall.rules} rules of ${recall.families} families; goal ${100 * GOALS[part]} %`);
  if (values.missed) console.log([...recall.missed].sort((a, b) => b[1] - a[1]).slice(0, 60).map(([key, count]) => `  ${count} ${key}`).join("\n"), `\n${recall.examples.filter((_, at) => at % Math.ceil(recall.examples.length / 30) === 0).join("\n")}`);
  if (share < GOALS[part]) process.exitCode = 1;
}

if (asked("ordinary")) {
  const { texts, wrong, counts } = measureFalseRedactions(fileURLToPath(new URL("../../../..", import.meta.url)), seed);
  const share = wrong.length / texts;
  console.log(`ordinary: ${wrong.length} of ${texts} texts wrongly redacted (${(100 * share).toFixed(3)} %); goal 0.1 %; ${[...counts].map(([source, count]) => `${count} ${source}`).join(", ")}`);
  if (values.missed) for (const one of wrong) console.log(`  ${one.source} [${one.kinds}] ${one.shown.trim().slice(0, 220)}\n      ${one.text.trim().slice(0, 400)}`);
  if (share > 0.001) process.exitCode = 1;
}
