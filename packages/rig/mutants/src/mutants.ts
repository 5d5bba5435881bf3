/**
 * `npm run mutants -- [--part NAME] [--files GLOB] [--shard k/n] [--sample N] [--seed N] [--survivors] [--json FILE]`: changes
 * the code of each part one place at a time, and says how many changes its tests notice. Continues where it was stopped.
 * Exits 1 if a part is below the goal, or the list of equivalents is wrong.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readShard, takeSample, takeShard } from "./choose.ts";
import { EQUIVALENTS } from "./equivalents.ts";
import type { Mutant } from "./mutant.ts";
import { DECIDING_PARTS } from "./parts.ts";
import { playPart } from "./play-part.ts";
import { countScore, findWrongEquivalents, GOAL, toShare } from "./score.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url)).replace(/\/$/, "");
const { values } = parseArgs({
  options: {
    part: { type: "string", default: "" },
    files: { type: "string", default: "**" },
    shard: { type: "string", default: "1/1" },
    sample: { type: "string", default: "" },
    seed: { type: "string", default: "1" },
    survivors: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const parts = DECIDING_PARTS.filter(({ name }) => values.part === "" || name === values.part);
if (parts.length === 0) {
  console.error(`--part takes ${DECIDING_PARTS.map(({ name }) => name).join(", ")}; it is "${values.part}".`);
  process.exit(1);
}
const shard = readShard(values.shard);
const choose = (all: readonly Mutant[]): readonly Mutant[] => {
  const mine = takeShard(all, shard);
  return values.sample === "" ? mine : takeSample(mine, Number(values.sample), Number(values.seed));
};

const date = new Date().toISOString().slice(0, 10);
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT, encoding: "utf8" }).trim();
const played: object[] = [];
for (const part of parts) {
  const began = performance.now();
  const { ends, whole } = await playPart(
    ROOT,
    part,
    join(ROOT, "node_modules/.cache/mutants"),
    choose,
    values.files,
  );
  const score = countScore(ends, EQUIVALENTS);
  const wrong = findWrongEquivalents(ends, EQUIVALENTS, whole);
  const share = toShare(score);
  if (share < GOAL || wrong.length > 0) process.exitCode = 1;
  const { mutants, covered, killed, timeout, survived, equivalents } = score;
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(
    `${share < GOAL ? "MISSED" : "met   "} ${part.name}: ${(share * 100).toFixed(1)} % of ${covered} covered of ${mutants} mutants (killed ${killed}, timed out ${timeout}, survived ${survived}, of them equivalent ${equivalents}), ${seconds} s`,
  );
  for (const fault of wrong) console.error(fault);
  const survivors = ends.filter(({ ending }) => ending === "survived").map(({ name }) => name);
  if (values.survivors) for (const name of survivors) console.log(`  ${name}`);
  const { files, shard, sample } = values;
  played.push({ part: part.name, files, shard, sample, date, commit, ...score, seconds, survivors });
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(played, null, 2)}\n`);
