import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { takeSample } from "./choose.ts";
import { EQUIVALENTS } from "./equivalents.ts";
import { DECIDING_PARTS, type DecidingPart } from "./parts.ts";
import { playPart } from "./play-part.ts";
import { countScore, findWrongEquivalents, GOAL, type Score, toShare } from "./score.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url)).replace(/\/$/, "");
const KEPT = join(ROOT, "node_modules/.cache/mutants");
/** Parts whose tests take seconds. */
const SHORT_PARTS = ["incident", "http"];
const SHORT_SAMPLE = 20;

/** What a part of the measurement has seen, in the shape that `npm run assure` adds up. */
interface Seen {
  readonly sample: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly worst: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** The mutation score as a source of `npm run assure`. */
export const MUTATION_SCORE = {
  name: "mutation-score",
  goal: `>= ${GOAL * 100} % of covered mutants`,
  measures: DECIDING_PARTS.flatMap(({ code }) =>
    code.map((glob) => glob.replace(/\/(\*\*\/)?[^/]*\*[^/]*$/, "")),
  ),
  playShort: async (seed: number): Promise<Seen> => {
    const seen: Seen[] = [];
    for (const part of DECIDING_PARTS.filter(({ name }) => SHORT_PARTS.includes(name)))
      seen.push(await play(part, (all) => takeSample(all, SHORT_SAMPLE, seed)));
    return seen.reduce(add);
  },
  shards: DECIDING_PARTS.map(({ name }) => name),
  playShard: async (shard: string): Promise<Seen> => {
    const part = DECIDING_PARTS.find(({ name }) => name === shard);
    if (part === undefined) throw new Error(`There is no part "${shard}".`);
    return play(part);
  },
  describe: ({ counts, sample, faults }: Seen, form: "short" | "full") => {
    const score = counts as unknown as Score;
    const { killed, timeout, covered, equivalents } = score;
    return {
      seen: `${(toShare(score) * 100).toFixed(1)} %: ${killed + timeout} of ${covered - equivalents} noticed, ${equivalents} equivalent`,
      holds: toShare(score) >= GOAL && faults.length === 0,
      sample: `${sample} mutants of ${form === "short" ? SHORT_PARTS.join(" and ") : "every part"}`,
    };
  },
};

async function play(part: DecidingPart, choose?: Parameters<typeof playPart>[3]): Promise<Seen> {
  const { ends, whole } = await playPart(ROOT, part, KEPT, choose);
  const score = countScore(ends, EQUIVALENTS);
  return {
    sample: score.mutants,
    counts: { ...score },
    worst: {},
    faults: findWrongEquivalents(ends, EQUIVALENTS, whole).slice(0, 3),
  };
}

function add(one: Seen, other: Seen): Seen {
  const names = new Set([...Object.keys(one.counts), ...Object.keys(other.counts)]);
  const sum = (name: string) => (one.counts[name] ?? 0) + (other.counts[name] ?? 0);
  return {
    sample: one.sample + other.sample,
    counts: Object.fromEntries([...names].map((name) => [name, sum(name)])),
    worst: {},
    faults: [...one.faults, ...other.faults],
  };
}
