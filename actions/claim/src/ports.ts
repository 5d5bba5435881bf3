import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "@patchpilot/action-kit";
import type { InputsOf } from "@patchpilot/action-kit/contract";
import { type GitHub, openGitHub, type RepositoryName, repositoryName, type Wires } from "@patchpilot/github";
import type { contract } from "./contract.ts";

export type Inputs = InputsOf<typeof contract>;

/** What `run` may touch. */
export type Ports = {
  readonly github: GitHub;
  /** The repository that this workflow runs in: the one that is repaired, where gates live. */
  readonly target: RepositoryName;
  readonly targetFullName: string;
  readonly event: Readonly<Record<string, unknown>>;
  readonly run: { readonly id: string; readonly attempt: number };
  readonly readFile: (path: string) => string;
  /** Writes a file for the later jobs and returns its path. */
  readonly writeFile: (name: string, text: string) => string;
};

export function connect(inputs: Inputs, { environment, secrets }: Job, wires: Wires = {}): Ports {
  const folder = join(environment.temporaryFolder || environment.workspace, "patchpilot");
  return {
    github: openGitHub({ ...environment, secrets, token: inputs["github-token"] }, wires),
    target: repositoryName(environment.repository),
    targetFullName: environment.repository,
    event: environment.event,
    run: { id: environment.runId, attempt: environment.runAttempt },
    readFile: readOrderFile,
    writeFile: (name, text) => {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
  };
}

function readOrderFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const reason = (cause as { code?: string }).code ?? "unreadable";
    throw new Error(
      `The file ${path} in \`work-order\` cannot be read (${reason}). Leave the input out to take the order from the event.`,
      { cause },
    );
  }
}
