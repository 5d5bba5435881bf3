/** An exception as the evidence of an incident shows it; frames with the crash first. */
export type ShownException = {
  readonly type: string;
  readonly value: string;
  readonly frames: readonly { readonly file: string; readonly line?: number; readonly function?: string }[];
};

const MOST_EXCEPTIONS = 6;
const MOST_FRAMES = 20;

/**
 * Reads the exceptions of a packet's text back, the outermost first, as `exceptionText` writes them: clean, redacted
 * and short, and still data that anyone may have sent. No line of another field begins as theirs do. Pure.
 */
export function readExceptions(evidence: string): ShownException[] {
  const begin = evidence.indexOf("\nFrom outside; ");
  if (begin < 0) return [];
  const found: { lines: string[] }[] = [];
  let open: { lines: string[] } | undefined;
  for (const line of evidence
    .slice(begin + 1)
    .split("\n")
    .slice(1)) {
    const field = /^(?:exception|caused by):(?: (.*))?$/.exec(line);
    if (field !== null) {
      open = { lines: field[1] === undefined ? [] : [field[1]] };
      found.push(open);
    } else if (open !== undefined && line.startsWith("  | ")) open.lines.push(line.slice(4));
    else open = undefined;
    if (line === "" || found.length > MOST_EXCEPTIONS) break;
  }
  return found.slice(0, MOST_EXCEPTIONS).map(({ lines }) => readException(lines));
}

function readException(lines: readonly string[]): ShownException {
  const frames = lines.flatMap((line) => readFrame(line) ?? []);
  const first = lines.findIndex((line) => readFrame(line) !== undefined);
  const said = lines.slice(0, first < 0 ? lines.length : first).join("\n");
  const head = said.replace(/ \((?:un)?handled\)$/, "");
  const [, type = head, value = ""] = /^([^\s:]+(?:::[^\s:]+)*): ([\s\S]*)$/.exec(head) ?? [];
  return { type: type.slice(0, 200), value: value.slice(0, 1_000), frames: frames.slice(0, MOST_FRAMES) };
}

/** `  src/cart.ts:71 in total (reported as …)  <- crashed here`; what is indented deeper is source. */
const FRAME = /^ {2}(?! |…)(.+?)(?::(\d+))?(?: in (.+?))?(?: \((?:reported as|may be) .*\))?(?: {2}<- .*)?$/;

function readFrame(line: string): ShownException["frames"][number] | undefined {
  const [, file, number, name] = FRAME.exec(line) ?? [];
  if (file === undefined) return undefined;
  return {
    file: file.slice(0, 400),
    ...(number === undefined ? {} : { line: Number(number) }),
    ...(name === undefined ? {} : { function: name.slice(0, 200) }),
  };
}
