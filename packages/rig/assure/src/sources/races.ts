import { CONTROLS, catchSabotage } from "@patchpilot/conformance/worlds/race/controls";
import { race } from "@patchpilot/conformance/worlds/race/race";
import type { FigureSource, Tally } from "../figure.ts";
import { describeBound } from "../interval.ts";
import { numberShards } from "../shards.ts";

const SHORT = 15;
const EACH = 1_000;
const SHARDS = numberShards(100);

/**
 * Ten races in a row of a hundred are played on until every attempt has to have an outcome, which takes twice as long as
 * the race. In a row, since the last digit of a race's number chooses what happens in it.
 */
const isInTheTenth = (seed: number): boolean => Math.floor(seed / 10) % 10 === 0;

async function play(first: number, count: number, isPlayedOut: (seed: number) => boolean): Promise<Tally> {
  let violations = 0;
  let playedOut = 0;
  const faults: string[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const broken = await race(seed, { isPlayedOut: isPlayedOut(seed) });
    playedOut += isPlayedOut(seed) ? 1 : 0;
    violations += broken.length > 0 ? 1 : 0;
    for (const { invariant } of broken) if (faults.length < 8) faults.push(`race ${seed}: ${invariant}`);
  }
  return { sample: count, counts: { violations, "played out": playedOut }, worst: {}, faults };
}

/** Every safeguard is taken away once, and a race has to break. */
async function playControls(): Promise<Readonly<Record<string, number>>> {
  let noticed = 0;
  for (const control of CONTROLS) noticed += (await catchSabotage(control)) === control.breaks ? 1 : 0;
  return { controls: CONTROLS.length, "controls noticed": noticed };
}

export const races: FigureSource = {
  name: "races",
  goal: "0 violations in 100,000 interleavings",
  measures: [
    ...[
      "packages/ledger/src",
      "packages/github/src",
      "packages/incident/src",
      "packages/rig/conformance/worlds/race",
    ],
    ...["actions/dispatch/src", "actions/claim/src", "actions/propose/src"],
  ],
  isDrawn: true,
  playShort: async (seed) => {
    const played = await play((seed - 1) * SHORT + 1, SHORT, () => true);
    return { ...played, counts: { ...played.counts, ...(await playControls()) } };
  },
  shards: ["controls", ...SHARDS],
  playShard: async (shard) =>
    shard === "controls"
      ? { sample: 0, counts: await playControls(), worst: {}, faults: [] }
      : play(SHARDS.indexOf(shard) * EACH + 1, EACH, isInTheTenth),
  describe: ({ sample, counts }) => {
    const {
      violations = 0,
      controls = 0,
      "controls noticed": noticed = 0,
      "played out": playedOut = 0,
    } = counts;
    return {
      seen: `${violations} with a violation; ${playedOut.toLocaleString("en")} were played until every attempt has to have an outcome; ${noticed} of ${controls} missing safeguards noticed`,
      holds: violations === 0 && controls > 0 && noticed === controls,
      sample: `${sample.toLocaleString("en")} interleavings`,
      interval: describeBound(violations, sample),
    };
  },
};
