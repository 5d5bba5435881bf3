import type { CellTask } from "./cell-worker.ts";
import { allCells, nameCell, RESIDUES } from "./cells.ts";
import { LATENCY_CELLS } from "./latency-catalogue.ts";
import { nameLatencyCell } from "./latency-cells.ts";
import type { JudgeName } from "./play/judges.ts";
import { WORLD_RATES } from "./worlds/world.ts";
import { WORLDS } from "./worlds/worlds.ts";

/** What is asked of the bench. */
export type Choice = {
  /** Only worlds, and cells of the small model, whose names contain it. */
  readonly only: string;
  /** The rule that plays the worlds; another than the one that ships plays nothing else. */
  readonly judge: JudgeName;
  readonly seed: number;
  readonly trials: { readonly ofCells: number; readonly ofWorlds: number };
};

export function chooseTasks({ only, judge, seed, trials }: Choice): CellTask[] {
  const worlds = listWorldTasks(only, judge, { trials: trials.ofWorlds, seed });
  if (judge !== "shipped") return worlds;
  const often = { trials: trials.ofCells, seed };
  return [
    ...allCells().flatMap((cell): CellTask[] =>
      nameCell(cell).includes(only) ? [{ rule: "errors", cell, ...often }] : [],
    ),
    ...LATENCY_CELLS.flatMap((cell): CellTask[] =>
      nameLatencyCell(cell).includes(only) ? [{ rule: "latency", cell, ...often }] : [],
    ),
    ...worlds,
  ];
}

function listWorldTasks(
  only: string,
  judge: JudgeName,
  often: Pick<CellTask, "trials" | "seed">,
): CellTask[] {
  const kinds = WORLDS.filter(({ name }) => name.includes(only));
  return kinds.flatMap(({ name, besideAlone }) =>
    RESIDUES.flatMap((residue) =>
      WORLD_RATES.flatMap((perHour): CellTask[] => {
        const cell = { name, perHour, residue };
        const isCompared = judge === "shipped" && residue === 0 && besideAlone === true;
        const judges: JudgeName[] = isCompared ? [judge, "alone"] : [judge];
        return judges.map((each) => ({ rule: "world", judge: each, cell, ...often }));
      }),
    ),
  );
}
