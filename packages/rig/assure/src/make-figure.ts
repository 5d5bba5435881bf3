import {
  type FigureLine,
  type FigureSource,
  type Form,
  NOT_MEASURED,
  type Tally,
  type Unmeasured,
} from "./figure.ts";

/** The command that measures a figure again. */
const writeCommand = (name: string, form: Form): string =>
  `npm run assure -- --only ${name}${form === "full" ? " --full" : ""}`;

/** The line of what a source has seen. */
export function makeFigure(source: FigureSource, tally: Tally, form: Form): FigureLine {
  const { name, goal } = source;
  return { figure: name, goal, ...source.describe(tally, form), command: writeCommand(name, form) };
}

/** The line of what nothing measures. */
export const makeUnmeasured = ({ name, goal, missing }: Unmeasured): FigureLine => ({
  figure: name,
  goal,
  seen: missing,
  holds: false,
  sample: NOT_MEASURED,
  command: "-",
});

export type GoalVerdict = "held" | "MISSED" | "not measured";

export const judgeFigure = ({ holds, sample }: FigureLine): GoalVerdict =>
  sample === NOT_MEASURED ? "not measured" : holds ? "held" : "MISSED";

/** A sentence on a goal; a declared one does not fail the command. */
type Said = { readonly sentence: string; readonly isDeclared: boolean };

/** What is to be said of a table: each missed goal, and each that is declared as missed and is not. */
export const judgeTable = (
  figures: readonly FigureLine[],
  declared: Readonly<Record<string, string>>,
): readonly Said[] => figures.flatMap((figure) => judgeOne(figure, declared[figure.figure]) ?? []);

function judgeOne(figure: FigureLine, reason: string | undefined): Said | undefined {
  const verdict = judgeFigure(figure);
  const said = (sentence: string, isDeclared = false): Said => ({
    sentence: `${figure.figure} ${sentence}.`,
    isDeclared,
  });
  if (verdict === "MISSED")
    return reason === undefined
      ? said(`misses its goal: ${figure.seen}`)
      : said(`is known to miss: ${reason}`, true);
  if (verdict === "held" && reason !== undefined)
    return said("meets its goal: take it out of the declared shortfalls");
  return undefined;
}
