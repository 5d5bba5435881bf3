/**
 * `npm run assure -- [--only NAME] [--seed N] [--json FILE]`: prints one table of what is promised and what was seen, from a
 * sample of each by the seed. What no sample can show is what the full form kept, and the table says so. `--full` plays the
 * parts of everything that were not played of this state, keeps each in `packages/rig/assure/results` and prints the table of
 * what is kept there; `--shard k/n` takes every n-th of them. Exits 1 if a goal is missed that `declared-shortfalls.ts` does
 * not name.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DECLARED_SHORTFALLS } from "./declared-shortfalls.ts";
import type { FigureLine, FigureSource, Tally, Unmeasured } from "./figure.ts";
import { figureTable } from "./figure-table.ts";
import { FIGURES } from "./figures.ts";
import { keepFigure, keepShard, readShards } from "./kept-results.ts";
import { type GoalVerdict, judgeFigure, judgeTable, makeFigure, makeUnmeasured } from "./make-figure.ts";
import { measuredState } from "./measured-state.ts";
import { leftToPlay, readShare } from "./shards.ts";
import { nonePlayed, showKept, sumShards } from "./sum-shards.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    seed: { type: "string", default: "1" },
    full: { type: "boolean", default: false },
    shard: { type: "string", default: "1/1" },
    json: { type: "string" },
  },
});
const share = readShare(values.shard) ?? refuse(`--shard ${values.shard} is not k/n with k from 1 to n.`);
const seed = /^\d{1,9}$/.test(values.seed)
  ? Number(values.seed)
  : refuse(`--seed ${values.seed} is no number.`);
const chosen = FIGURES.filter(({ name }) => values.only === "" || name === values.only);
if (chosen.length === 0)
  refuse(`--only ${values.only} is none of: ${FIGURES.map(({ name }) => name).join(", ")}.`);

const isSource = (each: FigureSource | Unmeasured): each is FigureSource => "describe" in each;
const sources = chosen.filter(isSource);
if (values.full) await playParts();
const isTimed = (each: FigureSource | Unmeasured): boolean => isSource(each) && each.isTimed === true;
const lines = new Map<string, FigureLine>();
for (const each of [...chosen.filter(isTimed), ...chosen.filter((one) => !isTimed(one))])
  lines.set(each.name, isSource(each) ? await see(each) : seeNothing(each));
const figures = chosen.flatMap(({ name }) => lines.get(name) ?? []);
console.log(figureTable(figures));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
const count = (verdict: GoalVerdict): number =>
  figures.filter((each) => judgeFigure(each) === verdict).length;
console.log(`\n${count("held")} held, ${count("MISSED")} missed, ${count("not measured")} not measured.`);
const faults = judgeTable(figures, DECLARED_SHORTFALLS);
for (const fault of faults) console.log(fault.sentence);
if (faults.some(({ isDeclared }) => !isDeclared)) process.exitCode = 1;

/** What is not measured in full is kept, too: `docs/security.md` has to say so. */
function seeNothing(unmeasured: Unmeasured): FigureLine {
  const figure = makeUnmeasured(unmeasured);
  if (values.full) keepFigure(figure);
  return figure;
}

async function see(source: FigureSource): Promise<FigureLine> {
  const { name, goal, playShort } = source;
  const shards = readShards(name).values();
  if (!values.full) return playShort ? playSample(source, playShort) : showKept(source, shards);
  const kept = sumShards(source, shards);
  if (kept === undefined) return seeNothing({ name, goal, missing: nonePlayed(source) });
  keepFigure(kept);
  return kept.parts === kept.ofParts
    ? kept
    : { ...kept, seen: `${kept.seen}; ${kept.parts} of ${kept.ofParts} parts` };
}

async function playSample(
  source: FigureSource,
  playShort: (seed: number) => Promise<Tally>,
): Promise<FigureLine> {
  const { value: tally, seconds, ownSeconds } = await time(() => playShort(seed));
  const figure = makeFigure(source, tally, "short");
  const took = `${seconds.toFixed(0)} s, of which this process computed ${ownSeconds.toFixed(0)} s`;
  console.error(`${source.name}: ${judgeFigure(figure)}, ${took}`);
  for (const fault of tally.faults) console.error(`  ${fault}`);
  return figure;
}

async function playParts(): Promise<void> {
  const state = (name: string): string | undefined =>
    measuredState(sources.find((source) => source.name === name)?.measures ?? []);
  const pieces = sources.flatMap(({ name: figure, shards, isDrawn }) => {
    const kept = readShards(figure);
    return shards.map((shard) => {
      const keptOf = kept.get(shard)?.commit;
      return { figure, shard, ...(isDrawn && { isDrawn }), ...(keptOf === undefined ? {} : { keptOf }) };
    });
  });
  for (const { figure, shard } of leftToPlay(pieces, share, state)) {
    const source = sources.find(({ name }) => name === figure);
    const commit = state(figure);
    if (source === undefined) continue;
    if (commit === undefined) refuse(`Commit first: ${source.measures.join(", ")} have changes.`);
    const { value: tally, seconds } = await time(() => source.playShard(shard));
    console.error(`${figure} ${shard}: ${seconds.toFixed(0)} s`);
    for (const fault of tally.faults) console.error(`  ${fault}`);
    const command = `npm run assure -- --only ${figure} --full`;
    const minutes = Number((seconds / 60).toFixed(1));
    keepShard({ figure, shard, command, commit, date: new Date().toISOString(), minutes, tally });
  }
}

/** How long it takes on the clock, and on the processor: a busy machine changes the first alone. */
async function time<T>(act: () => Promise<T>) {
  const [before, computed] = [performance.now(), process.cpuUsage()];
  const value = await act();
  const { user, system } = process.cpuUsage(computed);
  return { value, seconds: (performance.now() - before) / 1_000, ownSeconds: (user + system) / 1e6 };
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
