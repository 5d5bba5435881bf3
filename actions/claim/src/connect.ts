import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "@patchpilot/action-kit";
import {
  openGitHub,
  readBranchHead,
  readBranchRules,
  readRefs,
  repositoryName,
  type Wires,
} from "@patchpilot/github";
import { claimRef, readGates, readIssueState, writeGates } from "@patchpilot/ledger";
import type { ClaimInputs } from "./contract.ts";
import type { ClaimPorts } from "./ports.ts";

/** Builds the ports from inputs and job. */
export function connect(inputs: ClaimInputs, { environment, secrets }: Job, wires: Wires = {}): ClaimPorts {
  const folder = join(environment.temporaryFolder || environment.workspace, "patchpilot");
  const github = openGitHub({ ...environment, secrets, token: inputs["github-token"] }, wires);
  const target = repositoryName(environment.repository);
  return {
    repository: environment.repository,
    event: environment.event,
    secrets: Object.values(secrets),
    run: { id: environment.runId, attempt: environment.runAttempt },
    readFile: readOrderFile,
    readIssue: async (repository, number, attempt) => {
      const ref = claimRef(number, attempt);
      const { refs, ...state } = await readIssueState(github, repository, number, [ref]);
      return { ...state, claimed: refs.get(ref) !== undefined };
    },
    seesClaim: async (repository, number, attempt) => {
      const ref = claimRef(number, attempt);
      return (await readRefs(github, repositoryName(repository), [ref])).has(ref);
    },
    readBranchHead: (branch) => readBranchHead(github, target, branch),
    readBranch: async (names) => {
      const [refs, rules] = await Promise.all([
        readRefs(
          github,
          target,
          names.map((name) => `refs/heads/${name}`),
        ),
        readBranchRules(github, target, names.at(-1) ?? ""),
      ]);
      return { existing: names.filter((name) => refs.has(`refs/heads/${name}`)), rules };
    },
    readGate: async (key) => (await readGates(github, target, [key])).get(key) ?? { state: "absent" },
    writeGate: async (base, write) => {
      const [result] = await writeGates(github, target, base.repositoryNodeId, base, [write]);
      return result ?? { state: "unknown", message: "GitHub did not answer." };
    },
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
