import { readRustFailure } from "../failures/rust.ts";
import type { TestCase } from "../test-run.ts";
import { Unreadable } from "./unreadable.ts";

const RESULT = /^test (.+?)(?: - should panic(?:.*?)?)? \.\.\. (ok|FAILED|ignored)\b/;

/**
 * Reads what libtest prints. The same name in two crates is one test, red where one of them is.
 * @throws Unreadable where it printed no result
 */
export function readCargo(stdout: string, root: string): TestCase[] {
  if (!/^running \d+ tests?$/m.test(stdout)) throw new Unreadable("`cargo test` ran no tests.");
  const texts = readOutputs(stdout);
  return stdout.split("\n").flatMap((line): TestCase[] => {
    const [, written, word] = RESULT.exec(line.slice(0, 2_000)) ?? [];
    if (written === undefined) return [];
    // A doc test is named by its line, which moves.
    const name = written.replace(/ \(line \d+\)/, "").replace(/ - compile( fail)?$/, "");
    if (word !== "FAILED") return [{ id: name, name, outcome: word === "ok" ? "passed" : "skipped" }];
    const text = texts.get(written) ?? texts.get(name) ?? "";
    return [{ id: name, name, outcome: "failed", failure: readRustFailure(text, root, name) }];
  });
}

/** What each failed test printed: blocks below `failures:`. */
function readOutputs(stdout: string): ReadonlyMap<string, string> {
  const outputs = new Map<string, string>();
  const parts = stdout.split(/^---- (.+) stdout ----$/m);
  for (let index = 1; index + 1 < parts.length; index += 2)
    outputs.set(parts[index] ?? "", (parts[index + 1] ?? "").replace(/^failures:\n[\s\S]*/m, "").trim());
  return outputs;
}
