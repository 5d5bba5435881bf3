import { spawnSync } from "node:child_process";

/** What a linter says against one line of a workflow. */
export type Finding = {
  /** Path below the repository. */
  readonly file: string;
  readonly line: number;
  /** The linter's own name of what is wrong. */
  readonly rule: string;
  readonly sentence: string;
};

export type Linter = {
  readonly name: "zizmor" | "actionlint";
  /** Path of its exceptions below the repository. */
  readonly exceptions: string;
  /** Rules that it must find broken in bad-workflow.yml. */
  readonly mustFind: readonly string[];
  /** The last one takes the path of the exceptions. */
  readonly options: readonly string[];
  /** Whether an exit status other than 0 means findings. */
  readonly isFinding: (status: number) => boolean;
  readonly readReport: (json: string) => readonly Finding[];
};

/**
 * @param program path of the installed linter
 * @param files paths below the repository
 * @param exceptions absolute path of the exceptions to take
 * @throws Error with what the linter said if it could not check them
 */
export function runLinter(
  { name, options, isFinding, readReport }: Linter,
  program: string,
  repository: string,
  files: readonly string[],
  exceptions: string,
): readonly Finding[] {
  const { error, status, stdout, stderr } = spawnSync(program, [...options, exceptions, ...files], {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined || status === null || (status !== 0 && !isFinding(status)))
    throw new Error(`${name} could not check the workflows: ${error?.message ?? stderr}`);
  return readReport(stdout);
}
