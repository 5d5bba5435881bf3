import type { FigureSource, Unmeasured } from "./figure.ts";
import { faults } from "./sources/faults.ts";
import { forgedRecords } from "./sources/forged-records.ts";
import { hostileTexts } from "./sources/hostile-texts.ts";
import { model } from "./sources/model.ts";
import { mutationScore } from "./sources/mutation-score.ts";
import { races } from "./sources/races.ts";
import { range } from "./sources/range.ts";
import { redaction } from "./sources/redaction.ts";
import { replayedRecords } from "./sources/replayed-records.ts";
import { scale } from "./sources/scale.ts";
import { worstInputs } from "./sources/worst-inputs.ts";

/** Every promise, in the order of the table. */
export const FIGURES: readonly (FigureSource | Unmeasured)[] = [
  model,
  faults,
  races,
  forgedRecords,
  replayedRecords,
  hostileTexts,
  redaction,
  worstInputs,
  scale,
  mutationScore,
  range,
];
