/** One thing that is wrong with a workflow file, or that this runner does not do. */
export type Problem = {
  readonly file: string;
  /** The job that it concerns; absent for what belongs to the whole workflow. */
  readonly job?: string;
  /** The key, as a path from the top of the file: `jobs.work.steps[2].shell`. Empty for faults of YAML itself. */
  readonly key: string;
  /** 1-based, where the parser knows it. */
  readonly line?: number;
  readonly message: string;
};

/** Collects problems while a file is read. */
export type ProblemReport = (problem: Omit<Problem, "file" | "job">) => void;

/** Thrown when a workflow cannot be run as it stands; lists every problem. */
export class WorkflowProblemsError extends Error {
  override readonly name = "WorkflowProblemsError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(
      `These workflows cannot be run:\n${problems.map((problem) => `- ${describeProblem(problem)}`).join("\n")}`,
    );
    this.problems = problems;
  }
}

/** One line for people: file, line, key and what is wrong. */
export function describeProblem(problem: Problem): string {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  return problem.key === "" ? `${place}: ${problem.message}` : `${place}: ${problem.key}: ${problem.message}`;
}

/** The job that a key path lies in, if any. */
export function jobOfKey(key: string): string | undefined {
  return /^jobs\.([^.[]+)/.exec(key)?.[1];
}
