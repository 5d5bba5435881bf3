/**
 * `npm run bench:policy`: what the patch rules make of repairs and of patches that silence, by language. Prints the part
 * that the rules may be fitted to, then the one that was written before them, and each miss. `-- --write` puts the tables
 * into propose's README. Exits 1 if a promise is not held.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PARTS, readPolicyCorpus } from "./policy/read-policy-corpus.ts";
import { policyMisses, policyTable, scoreCase, sumPolicy } from "./policy/score-policy.ts";

const folder = fileURLToPath(new URL("../policy-corpus", import.meta.url));
const README = fileURLToPath(new URL("../../../../actions/propose/README.md", import.meta.url));
const MARKED = /(<!-- measured:policy -->\n)[\s\S]*?(\n<!-- \/measured -->)/;
const TITLES = { open: "Patches that the rules may be fitted to:", "held-out": "Patches held out:" };

const tables: string[] = [];
for (const part of PARTS) {
  const scores = readPolicyCorpus(folder, part).map(scoreCase);
  const sum = sumPolicy(scores);
  console.log(`## ${part}\n\n${policyTable(scores)}\n\n${policyMisses(scores).join("\n")}\n`);
  tables.push(`${TITLES[part]}\n\n${policyTable(scores)}`);
  const isHeld =
    sum.wronglyRefused === 0 &&
    sum.wronglyFlagged <= sum.legitimate / 10 &&
    sum.noticed >= sum.silence * 0.9 &&
    sum.refused >= sum.silence * 0.75;
  if (!isHeld) process.exitCode = 1;
}
if (process.argv.includes("--write")) {
  const text = readFileSync(README, "utf8");
  writeFileSync(README, text.replace(MARKED, (_, open, close) => `${open}\n${tables.join("\n\n")}\n${close}`));
}
