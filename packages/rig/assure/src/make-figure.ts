import { type Figure, type FigureSource, type Form, NOT_MEASURED, type Tally, type Unmeasured } from "./figure.ts";

/** The command that measures a figure again. */
const commandOf = (name: string, form: Form): string =>
  `npm run assure -- --only ${name}${form === "full" ? " --full" : ""}`;

/** The line of what a source has seen. */
export function makeFigure(source: FigureSource, tally: Tally, form: Form): Figure {
  const { name, goal } = source;
  return { figure: name, goal, ...source.describe(tally, form), command: commandOf(name, form) };
}

/** The line of what nothing measures. */
export const makeUnmeasured = ({ name, goal, missing }: Unmeasured): Figure => ({
  figure: name,
  goal,
  seen: missing,
  holds: false,
  sample: NOT_MEASURED,
  command: "-",
});

export type Verdict = "held" | "MISSED" | "not measured";

export const judgeFigure = ({ holds, sample }: Figure): Verdict =>
  sample === NOT_MEASURED ? "not measured" : holds ? "held" : "MISSED";
