/** A workflow command that a process printed: `::name key=value,key=value::data`. */
export type LogCommand = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
};

const KNOWN = new Set([
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
]);

/**
 * Reads a line as a workflow command, in the form of today (`::name::data`, at the start of the line) or the old one
 * (`##[name]data`, anywhere in it), which the runner still obeys.
 * @returns undefined for an ordinary line and for unknown commands
 */
export function parseLogCommand(line: string): LogCommand | undefined {
  const match =
    /^\s*::([A-Za-z-]+)(?: (.*?))?::(.*)$/s.exec(line) ?? /##\[([A-Za-z-]+)(?: ([^\]]*))?\](.*)$/s.exec(line);
  const name = match?.[1]?.toLowerCase();
  if (match === null || name === undefined || !KNOWN.has(name)) return undefined;
  const oldForm = !line.trimStart().startsWith("::");
  return {
    name,
    properties: parseProperties(match[2] ?? "", oldForm),
    data: unescapeText(match[3] ?? "", oldForm),
  };
}

function parseProperties(text: string, oldForm: boolean): Record<string, string> {
  const pairs = text.split(oldForm ? ";" : ",").flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0
      ? [[pair.slice(0, equals).trim(), unescapeProperty(pair.slice(equals + 1), oldForm)] as const]
      : [];
  });
  return Object.fromEntries(pairs);
}

function unescapeProperty(text: string, oldForm: boolean): string {
  const plain = oldForm
    ? text.replaceAll("%3B", ";").replaceAll("%5D", "]")
    : text.replaceAll("%3A", ":").replaceAll("%2C", ",");
  return unescapeText(plain, false);
}

function unescapeText(text: string, oldForm: boolean): string {
  const plain = oldForm ? text.replaceAll("%3B", ";").replaceAll("%5D", "]") : text;
  return plain.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
