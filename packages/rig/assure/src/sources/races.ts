import { CONTROLS, catchSabotage } from "@patchpilot/conformance/worlds/race/controls";
import { race } from "@patchpilot/conformance/worlds/race/race";
import type { FigureSource, Tally } from "../figure.ts";
import { describeBound } from "../interval.ts";
import { numberShards } from "../shards.ts";

const SHORT = 15;
const EACH = 1_000;
const SHARDS = numberShards(100);

async function play(first: number, count: number): Promise<Tally> {
  let violations = 0;
  const faults: string[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const broken = await race(seed);
    violations += broken.length > 0 ? 1 : 0;
    for (const { invariant } of broken) if (faults.length < 8) faults.push(`race ${seed}: ${invariant}`);
  }
  return { sample: count, counts: { violations }, worst: {}, faults };
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
    const played = await play((seed - 1) * SHORT + 1, SHORT);
    return { ...played, counts: { ...played.counts, ...(await playControls()) } };
  },
  shards: ["controls", ...SHARDS],
  playShard: async (shard) =>
    shard === "controls"
      ? { sample: 0, counts: await playControls(), worst: {}, faults: [] }
      : play(SHARDS.indexOf(shard) * EACH + 1, EACH),
  describe: ({ sample, counts }) => {
    const { violations = 0, controls = 0, "controls noticed": noticed = 0 } = counts;
    return {
      seen: `${violations} with a violation; ${noticed} of ${controls} missing safeguards noticed`,
      holds: violations === 0 && controls > 0 && noticed === controls,
      sample: `${sample.toLocaleString("en")} interleavings`,
      interval: describeBound(violations, sample),
    };
  },
};
