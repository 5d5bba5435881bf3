import type { Launch } from "../process/run-process.ts";

/** Something to run: an agent's call, or a command of the project. */
export type SandboxCommand = {
  readonly command: string;
  readonly args: readonly string[];
  /** Beside what the sandbox gives to everything. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  /** Its own network, or that of a process; absent: the machine's. Only the wall can do that. */
  readonly network?: "new" | number;
};

/** The folders of one call; paths are the same inside the sandbox. */
export type CommandFolders = {
  readonly workspace: string;
  /** Prompt and evidence: to be read only. */
  readonly task: string;
  /** The command's home, kept from call to call. */
  readonly home: string;
  readonly temporary: string;
  /** Folders of programs, such as an installed agent: to be read only. */
  readonly programs: readonly string[];
  /** Git folder of the caller's own, which the wall shows in the place of the checkout's. */
  readonly git: string;
  /** Git objects that it borrows: to be read only. */
  readonly objects: string;
};

/** A way to run commands away from the job. */
export type Sandbox = {
  readonly name: "docker" | "wall" | "limited-wall" | "process" | "none";
  /** What commands find at 127.0.0.1: nothing that is not led there, or the machine; in a container, the container. */
  readonly network: "own" | "loopback" | "machine" | "bridge";
  /** How a command is started. @param mark unguessable name of this call, by which what it leaves behind is found */
  readonly launch: (command: SandboxCommand, folders: CommandFolders, mark: string) => Launch;
  /** Whether commands have a git folder of their own in the place of the checkout's. */
  readonly ownGit?: boolean;
  /** Whether what a command leaves running can live on; elsewhere it ends with the wall or container around it. */
  readonly outlives?: boolean;
  /** Ends what killing the launched process does not end. */
  readonly end: (mark: string) => Promise<void>;
  /** The address of this machine as commands see it, if it is not 127.0.0.1. @throws Error if there is none */
  readonly gateway?: () => Promise<string>;
  /** Where the agent itself is installed, before anything else runs, if not here: npm needs the machine's settings. */
  readonly installer?: Sandbox;
};

/** A bash command as every project command is run: it stops where one of a pipe fails. */
export const makeBashCommand = (
  script: string,
  env: Readonly<Record<string, string>> = {},
): SandboxCommand => ({
  command: "bash",
  args: ["-e", "-o", "pipefail", "-c", script],
  env,
  stdin: "",
});
