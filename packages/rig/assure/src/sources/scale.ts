import { measureScenario } from "@patchpilot/bench/actions/measure-scenario";
import type { BenchScenario } from "@patchpilot/bench/actions/scenario";
import { crowdedTick, waitingTick } from "@patchpilot/bench/actions/scenarios";
import type { FigureSource, Tally } from "../figure.ts";

const MOST_MEGABYTES = 150;

/** Ticks of every action that finds very many open incidents. */
const ticks = (open: number): Readonly<Record<string, () => BenchScenario>> => {
  const crowd = { open, watched: open / 10, waiting: open / 10 };
  return {
    intake: () => waitingTick(open, open / 10, 8),
    "verify-recovery": () => crowdedTick("verify-recovery", crowd, 14),
    dispatch: () => crowdedTick("dispatch", crowd, 3),
  };
};

async function play(open: number, names: readonly string[]): Promise<Tally> {
  let bytes = 0;
  for (const name of names) {
    const scenario = ticks(open)[name]?.();
    if (scenario !== undefined)
      bytes = Math.max(bytes, (await measureScenario(scenario, "bundle", 0)).peakBytes);
  }
  return { sample: names.length, counts: {}, worst: { megabytes: Math.ceil(bytes / 1e6), open }, faults: [] };
}

/** The bundles, as users run them: `npm run assure` builds them first. */
export const scale: FigureSource = {
  name: "scale",
  goal: "10,000 open incidents: <= 150 MB",
  measures: [
    "actions",
    "packages/github/src",
    "packages/ledger/src",
    "packages/incident/src",
    "packages/status/src",
  ],
  playShort: () => play(1_000, ["dispatch", "verify-recovery"]),
  shards: ["intake", "verify-recovery", "dispatch"],
  playShard: (shard) => play(10_000, [shard]),
  describe: ({ sample, worst }, form) => {
    const { megabytes = 0, open = 0 } = worst;
    return {
      seen: `${megabytes} MB at most with ${open.toLocaleString("en")} open`,
      holds: megabytes > 0 && megabytes <= MOST_MEGABYTES && (form === "short" || open >= 10_000),
      sample: `${sample} quiet ticks of bundles`,
    };
  },
};
