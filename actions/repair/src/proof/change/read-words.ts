/** The words of lines that may be names. Pure. */
export const readWords = (lines: readonly string[]): Set<string> =>
  new Set(lines.flatMap((line) => line.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []));
