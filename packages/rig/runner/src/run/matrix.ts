import type { StepsJob } from "@patchpilot/workflow";
import { type ExpressionScope, evaluateToken } from "../expression/evaluate.ts";
import type { Json } from "../expression/expression-data.ts";
import type { MatrixCell } from "../job/job-session.ts";

/** GitHub starts at most this many jobs of one matrix. */
const MAX_CELLS = 256;

/**
 * Every combination of the values of a job's `strategy.matrix`, the last vector changing fastest.
 * @throws Error where a vector is empty or not a list, or there are more than 256 combinations
 */
export function expandMatrix(job: StepsJob, scope: ExpressionScope): readonly MatrixCell[] {
  const strategy = job.strategy === undefined ? {} : evaluateToken(job.strategy, scope);
  const { matrix, "fail-fast": failFast } = strategy as { matrix?: Json; "fail-fast"?: Json };
  if (matrix === undefined) return [{ values: {}, index: 0, total: 1, failFast: true }];
  let cells: Record<string, Json>[] = [{}];
  for (const [name, vector] of Object.entries(matrix ?? {})) {
    if (name === "include" || name === "exclude")
      throw new Error(`this runner does not run \`matrix.${name}\`.`);
    if (!Array.isArray(vector)) throw new Error(`Matrix vector '${name}' is not a list.`);
    if (vector.length === 0) throw new Error(`Matrix vector '${name}' does not contain any values.`);
    cells = cells.flatMap((cell) => vector.map((value: Json) => ({ ...cell, [name]: value })));
  }
  if (cells.length > MAX_CELLS)
    throw new Error(`The matrix makes ${cells.length} jobs; ${MAX_CELLS} are allowed.`);
  return cells.map((values, index) => ({ values, index, total: cells.length, failFast: failFast !== false }));
}

/** GitHub's name for a job of a matrix: `test (24, ubuntu)`. */
export function nameWithCell(name: string, cell: MatrixCell): string {
  const values = Object.values(cell.values).map((value) =>
    typeof value === "object" ? JSON.stringify(value) : value,
  );
  return values.length === 0 ? name : `${name} (${values.join(", ")})`;
}
