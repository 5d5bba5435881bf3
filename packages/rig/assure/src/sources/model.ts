import { CONFIGS, SMALL } from "@patchpilot/model/configs";
import { CONTROL_NAMES, type Control, MODEL_CONTROLS } from "@patchpilot/model/controls";
import { playControl } from "@patchpilot/model/play-control";
import { search } from "@patchpilot/model/search";
import type { FigureSource, Tally } from "../figure.ts";
import { addTallies, NOTHING } from "../tally.ts";

/** Controls of the short form. */
const FEW = 6;
/** Worlds that take minutes, and end. */
const LARGE: readonly string[] = ["three", "reruns", "late", "abandoned", "repeated"];
const MOST_WANTED = 1_000_000;

/** Searches one configuration, and judges from each of its states what becomes of it once faults stop. */
function searchConfig(name: string): Tally {
  const config = CONFIGS.find((each) => each.name === name);
  if (config === undefined) throw new RangeError(`The model has no configuration ${name}.`);
  const { states, steps, depth, isComplete, breach } = search(config, { isFairPlayed: true });
  const isStuck = breach?.invariant.startsWith("every-") === true;
  return {
    sample: states,
    counts: {
      steps,
      configurations: 1,
      whole: Number(isComplete),
      violations: Number(breach !== undefined && !isStuck),
      "without an outcome": Number(isStuck),
    },
    worst: { depth, "states of one": states },
    faults: breach === undefined ? [] : [`${name}: ${breach.invariant}: ${breach.trace.join("; ")}`],
  };
}

function playControls(names: readonly Control[]): Tally {
  let caught = 0;
  const faults: string[] = [];
  for (const name of names) {
    const played = playControl(name);
    const isNoticed = played.isCaught && played.with.isComplete;
    caught += Number(isNoticed);
    if (!isNoticed) faults.push(`without ${name}, ${MODEL_CONTROLS[name].breaks} does not break alone`);
  }
  return { ...NOTHING, counts: { controls: names.length, "controls caught": caught }, faults };
}

/** The controls whose turn it is. */
const pick = (seed: number): Control[] =>
  CONTROL_NAMES.map((_, at) => CONTROL_NAMES[(at + seed * FEW) % CONTROL_NAMES.length] as Control).slice(
    0,
    FEW,
  );

export const model: FigureSource = {
  name: "model",
  goal: "0 violations in >= 1,000,000 distinct states, >= 25 controls caught, no attempt without an outcome",
  measures: [
    ...["packages/rig/model/src", "packages/incident/src", "packages/ledger/src"],
    ...["actions/dispatch/src/decide", "actions/dispatch/src/write", "actions/claim/src/decide.ts"],
    "actions/propose/src/attempt/decide.ts",
  ],
  playShort: async (seed) =>
    [...SMALL.map(searchConfig), playControls(pick(seed))].reduce(addTallies, NOTHING),
  shards: ["controls", ...SMALL, ...LARGE],
  playShard: async (shard) => (shard === "controls" ? playControls(CONTROL_NAMES) : searchConfig(shard)),
  describe: ({ sample, counts, worst }, form) => {
    const { violations = 0, whole = 0, configurations = 0, controls = 0 } = counts;
    const { "controls caught": caught = 0, "without an outcome": stuck = 0 } = counts;
    const isWhole = whole === configurations && configurations > 0;
    const isHeld = violations === 0 && stuck === 0 && isWhole && caught === controls && controls > 0;
    return {
      seen: `${violations} violations, ${stuck} without an outcome; ${caught} of ${controls} controls caught`,
      holds: isHeld && (form === "short" || (sample >= MOST_WANTED && controls >= 25)),
      sample: `${sample.toLocaleString("en")} distinct states of ${configurations} worlds, ${(worst["states of one"] ?? 0).toLocaleString("en")} of the largest`,
    };
  },
};
