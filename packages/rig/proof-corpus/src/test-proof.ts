/**
 * `npm run test:proof -- [--only TEXT] [--verbose] [--json FILE]`: judges every case of the corpus as `verify` would, and
 * says how many came to which level. `--only` takes the cases whose name holds the text, `--verbose` shows how each test
 * run ended. Exits 1 where the proof does not keep its word, or a case could not be judged: a missing toolchain is no
 * excuse.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { findBreaches, findMisses, type JudgedCase, tabulate } from "./account.ts";
import { type Case, type RunnerName, readCases } from "./case.ts";
import { installRunner, type Runner } from "./install-runner.ts";
import { tryCase } from "./try-case.ts";

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, verbose: { type: "boolean" }, json: { type: "string" } },
});
const AT_ONCE = 2;

const cases = await readCases(values.only);
if (cases.length === 0) {
  console.error(`No case has a name that contains "${values.only}".`);
  process.exit(1);
}
const started = performance.now();
const runners = new Map<RunnerName, Promise<Runner>>();
for (const { runner } of cases) {
  if (!runners.has(runner)) runners.set(runner, installRunner(runner));
  await runners.get(runner)?.catch(() => undefined);
}
const outcomes = await judgeAll();
const breaches = findBreaches(outcomes);
console.log(`\n${tabulate(outcomes)}\n`);
for (const miss of findMisses(outcomes)) console.log(describe(miss));
const minutes = Math.round((performance.now() - started) / 6_000) / 10;
console.log(
  `\n${cases.length} cases in ${minutes} min. ${breaches.length === 0 ? "The proof keeps its word." : ""}`,
);
for (const breach of breaches) console.error(breach);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(outcomes, null, 2)}\n`);
process.exit(breaches.length === 0 ? 0 : 1);

/** Judges cases, some at once; outcomes are in the order of the cases. */
async function judgeAll(): Promise<JudgedCase[]> {
  const done: JudgedCase[] = [];
  const waiting = [...cases.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const outcome = await judge(next[1]);
      done[next[0]] = outcome;
      console.error(describe(outcome));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return done;
}

async function judge(one: Case): Promise<JudgedCase> {
  const began = performance.now();
  const time = () => Math.round((performance.now() - began) / 1_000);
  const { name, language, kind, expect } = one;
  const of = { name, language, kind, expect };
  try {
    const runner = await runners.get(one.runner);
    if (runner === undefined) throw new Error(`There is no runner ${one.runner}.`);
    const { proof, runs } = await tryCase(one, runner);
    if (values.verbose) console.log(JSON.stringify({ name, why: one.why, proof, runs }, null, 2));
    return { of, seconds: time(), level: proof.level, reason: proof.reason };
  } catch (error) {
    return { of, seconds: time(), fault: error instanceof Error ? error.message : String(error) };
  }
}

function describe(outcome: JudgedCase): string {
  const { of, seconds } = outcome;
  const ended = "fault" in outcome ? `not judged: ${outcome.fault}` : `${outcome.level}. ${outcome.reason}`;
  return `${of.name} (expected: ${of.expect}; ${seconds} s): ${ended}`;
}
