import type { FigureSource, Unmeasured } from "./figure.ts";
import { faults } from "./sources/faults.ts";
import { forgedRecords } from "./sources/forged-records.ts";
import { hostileTexts } from "./sources/hostile-texts.ts";
import { races } from "./sources/races.ts";
import { redaction } from "./sources/redaction.ts";
import { replayedRecords } from "./sources/replayed-records.ts";
import { scale } from "./sources/scale.ts";
import { worstInputs } from "./sources/worst-inputs.ts";

/** Every promise, in the order of the table. */
export const FIGURES: readonly (FigureSource | Unmeasured)[] = [
  {
    name: "model",
    goal: "0 violations in >= 1,000,000 distinct states, >= 25 controls caught, no attempt without an outcome",
    missing: "no exhaustive model in this repository",
  },
  faults,
  races,
  forgedRecords,
  replayedRecords,
  hostileTexts,
  redaction,
  worstInputs,
  scale,
  {
    name: "mutation-score",
    goal: ">= 85 % of covered mutants noticed",
    missing: "`npm run mutants` has not counted every part, and http is below the goal",
  },
  {
    name: "range",
    goal: "1,000 hostile events: 0 bytes to a canary, the twin's decisions; the control fails",
    missing: "no range of hostile events in this repository",
  },
];
