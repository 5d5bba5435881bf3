import { FAULT_KINDS } from "./kinds.ts";
import { type Result, replayCommand } from "./matrix.ts";

/** Safe of all by kind and action, and each unsafe cell with what happened and how to see it again. */
export function describeResults(results: readonly Result[]): string {
  const actions = [...new Set(results.map(({ action }) => action))];
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const lines = FAULT_KINDS.flatMap(({ kind, wire }) => {
    const counts = actions.map((action) =>
      countSafe(results.filter((each) => each.action === action && each.kind === kind)),
    );
    return counts.every((count) => count === "") ? [] : [row([kind, wire, ...counts])];
  });
  const head = [row(["kind", "on the wire", ...actions]), row(["---", "---", ...actions.map(() => "---:")])];
  const unsafe = results.filter((each) => each.unsafe.length > 0);
  return [...head, ...lines, ...unsafe.map(describeUnsafe)].join("\n");
}

function countSafe(results: readonly Result[]): string {
  if (results.length === 0) return "";
  const safe = results.filter(({ unsafe }) => unsafe.length === 0).length;
  return safe === results.length ? `${safe}` : `**${safe} of ${results.length}**`;
}

const describeUnsafe = (result: Result): string =>
  [
    `\n- ${result.action}, ${result.story}: ${result.kind} (${result.manner}) at ${result.endpoint}`,
    ...result.unsafe.map((each) => `  - ${each}`),
    `  - ${replayCommand(result)}`,
  ].join("\n");
