import { isIPv4 } from "node:net";
import { MARK } from "../process/end-processes.ts";
import { pickPassedOn } from "./process-sandbox.ts";
import type { CommandFolders, Sandbox } from "./sandbox.ts";

type Variables = Readonly<Record<string, string>>;

/** What the docker sandbox is made from. */
export type DockerFacts = {
  readonly image: string;
  readonly network: string;
  /** The machine's variables, without the runner's. */
  readonly machine: Variables;
  /** Account that files in the checkout belong to afterwards, as `uid:gid`; undefined on Windows. */
  readonly user: string | undefined;
  readonly processors: number;
  /** Runs docker and waits for it. */
  readonly docker: (args: readonly string[]) => Promise<{ readonly stdout: string }>;
};

/** What the docker command itself needs: which daemon, and the credentials of registries. */
const FOR_DOCKER = /^(PATH|HOME|DOCKER_\w+|XDG_RUNTIME_DIR|SSH_AUTH_SOCK)$/;

const LIMITS = ["--pids-limit", "2048", "--memory", "8g"];

/**
 * A container without capabilities, privileges or the Docker socket, which sees the checkout, its task, a home and
 * a temporary folder, and of the environment what is named here. Values of variables stand in docker's own environment,
 * never among its arguments, where every process of the machine could read them.
 */
export function dockerSandbox(facts: DockerFacts): Sandbox {
  return {
    name: "docker",
    network: "bridge",
    gateway: () => readGateway(facts),
    launch: ({ command, args, env, stdin }, folders, mark) => {
      const { PATH: _, ...fromMachine } = pickPassedOn(facts.machine);
      const inside = { LANG: "C.UTF-8", ...fromMachine, ...env, CI: "true", [MARK]: mark };
      return {
        file: "docker",
        args: [
          ...containerOptions(facts, folders, nameContainer(mark)),
          ...Object.entries(inside).flatMap(([name, value]) => variableOption(name, value)),
          ...["--env", `HOME=${folders.home}`, "--env", `TMPDIR=${folders.temporary}`],
          facts.image,
          command,
          ...args,
        ],
        cwd: folders.workspace,
        stdin,
        env: { ...pickForDocker(inside, false), ...pickForDocker(facts.machine, true) },
        mark,
        folders: [],
      };
    },
    end: async (mark) => {
      // One that is gone already is what is wanted.
      await facts.docker(["rm", "--force", "--volumes", nameContainer(mark)]).catch(() => undefined);
    },
  };
}

const GATEWAYS = "{{range .IPAM.Config}}{{println .Gateway}}{{end}}";

async function readGateway({ docker, network }: DockerFacts): Promise<string> {
  if (network === "host") return "127.0.0.1";
  const { stdout } = await docker(["network", "inspect", "--format", GATEWAYS, network]);
  const gateway = stdout.split("\n").find((line) => isIPv4(line.trim()));
  if (gateway !== undefined) return gateway.trim();
  throw new Error(`the docker network \`${network}\` has no gateway`);
}

const nameContainer = (mark: string): string => `patchpilot-${mark}`;

function containerOptions(facts: DockerFacts, folders: CommandFolders, name: string): string[] {
  const mount = (path: string, options = "") => [
    "--mount",
    `type=bind,source=${path},target=${path}${options}`,
  ];
  return [
    ...["run", "--rm", "--init", "--interactive", "--name", name],
    ...["--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...[...LIMITS, "--cpus", String(facts.processors), "--network", facts.network],
    ...(facts.user === undefined ? [] : ["--user", facts.user]),
    ...mount(folders.workspace),
    ...mount(folders.task, ",readonly"),
    ...folders.programs.flatMap((path) => mount(path, ",readonly")),
    ...mount(folders.home),
    ...mount(folders.temporary),
    ...["--workdir", folders.workspace, "--entrypoint", ""],
  ];
}

/** By name where docker's own environment can carry the value; those that mean something to docker are written out. */
const variableOption = (name: string, value: string): string[] => [
  "--env",
  FOR_DOCKER.test(name) ? `${name}=${value}` : name,
];

const pickForDocker = (variables: Variables, wanted: boolean): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => FOR_DOCKER.test(name) === wanted));
