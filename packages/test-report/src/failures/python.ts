import { placeFile } from "../place-file.ts";
import type { StackFrame } from "../test-run.ts";
import type { Stack } from "./stack.ts";

const NEXT =
  /^(?:The above exception was the direct cause of the following exception|During handling of the above exception, another exception occurred):$/m;
const CLASSIC = /^\s*File "(.+)", line (\d+)(?:, in (.+))?$/;
/** pytest's own, long and short: `cart.py:11: CartError`, `cart.py:9: in total`, `cart.py:9: `. */
const PYTEST = /^(\S[^:]*\.pyx?):(\d+):(?: in (.+)| ([A-Za-z_][\w.]*))?\s*$/;
const DEF = /^[ >]\s*(?:async )?def (\w+)\(/;
const CALLS = /^(_ ){5,}/;
const SAYS = /^E\s+(.*)$/;
const TYPE = /^([A-Za-z_][\w.]*)(?:: ?(.*))?$/;

/** What Python or pytest prints of an exception and those that it came from. */
export function readPython(text: string, root: string): Stack {
  // The outermost exception is printed last.
  const parts = text
    .split(NEXT)
    .reverse()
    .slice(0, 10)
    .map((part) => readPart(part, root));
  return {
    types: parts.flatMap(({ type }) => type ?? []),
    message: parts[0]?.message ?? "",
    frames: parts.flatMap(({ frames }) => frames),
  };
}

function readPart(part: string, root: string) {
  const frames: StackFrame[] = [];
  let called: string | undefined;
  let short: string | undefined;
  let said: string[] = [];
  // Below the calls: the exception, and the rest of its message.
  let below: string[] = [];
  for (const line of part
    .split("\n")
    .slice(0, 4_000)
    .map((each) => each.slice(0, 1_000))) {
    const [, file, number, name] = CLASSIC.exec(line) ?? [];
    if (file !== undefined) {
      frames.push(makeFrame(file, number, name, root));
      below = [];
    }
    const [, path, at, inside, type] = PYTEST.exec(line) ?? [];
    if (path !== undefined) {
      frames.push(makeFrame(path, at, inside ?? called, root));
      short = type;
    }
    if (CALLS.test(line)) called = undefined;
    called ??= DEF.exec(line)?.[1];
    const [, says] = SAYS.exec(line) ?? [];
    if (says !== undefined) said.push(says);
    else if (said.length > 0 && CALLS.test(line)) said = [];
    if (below.length > 0 || (line.trim() !== "" && !/^[\s~^]/.test(line))) below.push(line);
  }
  return { ...readWords(said.length > 0 ? said : below, short), frames: frames.reverse() };
}

function makeFrame(
  file: string,
  line: string | undefined,
  name: string | undefined,
  root: string,
): StackFrame {
  return {
    file: placeFile(file, root),
    ...(name === undefined ? {} : { function: name }),
    ...(line === undefined ? {} : { line: Number(line) }),
  };
}

/** @param short the type as pytest's last line has it, without its module */
function readWords(said: readonly string[], short: string | undefined) {
  const [first = ""] = said;
  const [, type, words] = TYPE.exec(first) ?? [];
  const named =
    type !== undefined && (short === undefined || type.split(".").at(-1) === short.split(".").at(-1));
  if (!named) return { type: short, message: said.join("\n") };
  return { type, message: [words ?? "", ...said.slice(1)].join("\n") };
}
