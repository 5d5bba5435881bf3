/** What the figure asks of a work order. */
export type LessonOrder = {
  readonly suspectFiles: readonly string[];
  readonly lessons?: readonly { readonly lesson: { readonly files: readonly string[] } }[];
};

/** The measure of tokens: characters by four, rounded up. Coarse, and the same for everything that is compared. */
export const countTokens = (text: string): number => Math.ceil(text.length / 4);

export type LessonFigure = {
  /** Files of the repeated repair that the lesson names, and all that it changes. */
  readonly hit: number;
  readonly changed: number;
  /** Of the suspects that the work order names, those that the lesson names, too. */
  readonly suspectsHit: number;
  readonly suspects: number;
  /** What a worker reads up to the last file that it changes: without the lesson, and with it. */
  readonly without: number;
  readonly with: number;
};

/**
 * What a lesson was worth to the worker of a repeated crash. Without one, the worker reads the suspects in their order,
 * then the other files of the shop by name, until it has read all that the repair changes. With one, it reads the lesson
 * and the files that it names first. Pure.
 * @param files texts of the repository by path
 * @param changed paths that the second repair changed
 */
export function measureLesson(
  { suspectFiles, lessons = [] }: LessonOrder,
  files: ReadonlyMap<string, string>,
  changed: readonly string[],
): LessonFigure {
  const named = lessons.flatMap(({ lesson }) => lesson.files);
  const suspects = suspectFiles.filter((path) => files.has(path));
  const others = [...files.keys()].toSorted();
  const read = (order: readonly string[]): number => {
    const unique = [...new Set(order)].filter((path) => files.has(path));
    const last = Math.max(...changed.map((path) => unique.indexOf(path)));
    return unique.slice(0, last + 1).reduce((sum, path) => sum + countTokens(files.get(path) ?? ""), 0);
  };
  const taught = lessons.reduce((sum, { lesson }) => sum + countTokens(JSON.stringify(lesson)), 0);
  return {
    hit: changed.filter((path) => named.includes(path)).length,
    changed: changed.length,
    suspectsHit: suspectFiles.filter((path) => named.includes(path)).length,
    suspects: suspectFiles.length,
    without: read([...suspects, ...others]),
    with: taught + read([...named, ...suspects, ...others]),
  };
}

/** The figure as a sentence, with its measure. */
export function describeLessonFigure(figure: LessonFigure): string {
  const { hit, changed, suspectsHit, suspects, without } = figure;
  const saved = without - figure.with;
  return [
    `the lesson names ${hit} of ${changed} files that the second repair changes, and ${suspectsHit} of ${suspects} suspects`,
    `Reading up to the last of those files takes ${without} tokens without the lesson and ${figure.with} with it: ${Math.abs(saved)} ${saved < 0 ? "more" : "saved"} (four characters count as a token; suspects are read first, then the other files by name).`,
  ].join(". ");
}
