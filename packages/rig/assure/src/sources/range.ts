import { planSample, SHARDS } from "@patchpilot/range/plan-cells";
import { playCells } from "@patchpilot/range/play-cells";
import type { FigureSource } from "../figure.ts";
import { describeBound } from "../interval.ts";

const [CELLS, OPEN] = [1_000, 200];

export const range: FigureSource = {
  name: "range",
  goal: `0 of ${CELLS.toLocaleString("en")} hostile events get through; without the wall >= ${OPEN} do`,
  measures: [
    ...["intake", "impact", "dispatch", "claim", "repair", "propose"].map((action) => `actions/${action}`),
    ...["evidence", "acceptance", "status", "patch-policy", "ledger", "incident", "http", "git"].map(
      (name) => `packages/${name}/src`,
    ),
    ...[".github/workflows/repair.yml", "packages/rig/range/src"],
  ],
  isDrawn: true,
  playShort: (seed) => playCells(planSample(seed)),
  shards: Object.keys(SHARDS),
  playShard: (shard) => playCells(SHARDS[shard] ?? []),
  describe: ({ sample, counts }, form) => {
    const { "got through": broken = 0, control = 0, "control failed": failed = 0 } = counts;
    const enough = form === "short" ? sample > 0 && failed > 0 : sample >= CELLS && failed >= OPEN;
    return {
      seen: `${broken} got through; without the wall ${failed} of ${control}`,
      holds: broken === 0 && enough,
      sample: `${sample.toLocaleString("en")} events, each with a twin that became a pull request`,
      interval: describeBound(broken, sample),
    };
  },
};
