/**
 * Parses the text that a step wrote to GITHUB_OUTPUT, GITHUB_ENV or GITHUB_STATE: `name=value` lines, and
 * `name<<DELIMITER` blocks for values of several lines. A name that is written twice keeps its last value.
 * Format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 * @throws Error that quotes the line which is neither, or names the delimiter that is missing
 */
export function parseKeyValues(text: string): Record<string, string> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const values: Record<string, string> = {};
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === "") continue;
    const equals = line.indexOf("=");
    const heredoc = line.indexOf("<<");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
      values[line.slice(0, equals)] = line.slice(equals + 1);
    } else if (heredoc >= 0) {
      const block = readBlock(lines, at, heredoc);
      values[line.slice(0, heredoc)] = block.value;
      at = block.end;
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return values;
}

function readBlock(lines: readonly string[], start: number, heredoc: number): { value: string; end: number } {
  const line = lines[start] ?? "";
  const delimiter = line.slice(heredoc + 2);
  if (heredoc === 0 || delimiter === "") {
    throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
  }
  const end = lines.indexOf(delimiter, start + 1);
  if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
  return { value: lines.slice(start + 1, end).join("\n"), end };
}

/** Parses GITHUB_PATH: one folder a line. */
export function parsePaths(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== "");
}
