import { readPython } from "../failures/python.ts";
import { makeFailure } from "../failures/stack.ts";
import type { TestCase } from "../test-run.ts";
import { Unreadable } from "./unreadable.ts";

/** A name of pytest's, which may hold blanks in its parameters, and its last words. */
const SUMMARY = /^(FAILED|ERROR) (\S+?(?:\[.*\])?)(?: - (.*))?$/;
const TITLE = /^_{3,} (?:ERROR (?:at (?:setup|teardown) of|collecting) )?(.+?) _{3,}$/;

/**
 * Reads the short summary that pytest prints, and the tracebacks above it: it names tests that failed alone.
 * @throws Unreadable where pytest did not come to its last line
 */
export function readPytestText(output: string, root: string): TestCase[] {
  if (
    !/^(?:=+ )?(?:.*\b\d+ (?:passed|failed|error|errors|skipped|deselected|xfailed)\b|no tests ran).* in [\d.]+s/m.test(
      output,
    )
  )
    throw new Unreadable("pytest printed no last line.");
  const texts = readTracebacks(output);
  return output.split("\n").flatMap((line): TestCase[] => {
    const [, word, id, words = ""] = SUMMARY.exec(line.slice(0, 2_000)) ?? [];
    if (id === undefined) return [];
    const [file = id, ...rest] = id.split("::");
    const text = texts.get(rest.length === 0 ? file : rest.join(".")) ?? words;
    const failure = makeFailure(readPython(text, root), text);
    return [
      {
        id,
        name: rest.at(-1) ?? file,
        file,
        outcome: "failed",
        failure: word === "ERROR" ? { ...failure, kind: "setup" } : failure,
      },
    ];
  });
}

/** Tracebacks by the title that pytest gives them: `TestCart.test_method`. */
function readTracebacks(output: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  let title: string | undefined;
  let lines: string[] = [];
  for (const line of output.split("\n")) {
    const [, next] = TITLE.exec(line.slice(0, 500)) ?? [];
    if (next === undefined && !/^={5,} /.test(line)) lines.push(line);
    else {
      if (title !== undefined) texts.set(title, lines.join("\n"));
      title = next;
      lines = [];
    }
  }
  return texts;
}
