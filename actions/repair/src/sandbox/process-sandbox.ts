import { MARK } from "../process/end-processes.ts";
import { pickCertificates, trustAddedCertificates } from "./certificates.ts";
import type { Sandbox } from "./sandbox.ts";
import { javaVariables, readToolHomes } from "./tool-homes.ts";

type Variables = Readonly<Record<string, string>>;

/** What a process needs of the machine: where programs and certificates are, and the way out. */
const FROM_THE_MACHINE = [
  ...["PATH", "LANG", "LC_ALL", "TZ"],
  ...["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"],
];

/** The machine's variables that every sandbox passes on. */
export const pickPassedOn = (machine: Variables): Record<string, string> => ({
  ...Object.fromEntries(FROM_THE_MACHINE.flatMap((name) => (machine[name] ? [[name, machine[name]]] : []))),
  ...pickCertificates(machine),
});

/**
 * A process with an environment that has nothing of the job's. It is no wall: the process runs under the job's
 * account and can read what that account can.
 * @param machine the machine's variables, without the runner's
 */
export const processSandbox = (machine: Variables): Sandbox =>
  plainSandbox("process", {
    ...trustAddedCertificates(),
    ...pickPassedOn(machine),
    ...Object.fromEntries(readToolHomes(machine).map(({ name, path }) => [name, path])),
  });

const homeVariables = (home: string): Variables => ({ HOME: home, ...javaVariables(home) });

/** A process with the machine's environment, on request only. */
export const noSandbox = (machine: Variables): Sandbox => plainSandbox("none", machine);

function plainSandbox(name: "process" | "none", variables: Variables): Sandbox {
  return {
    name,
    network: "machine",
    outlives: true,
    launch: ({ command, args, env, stdin }, { workspace, home, temporary }, mark) => ({
      file: command,
      args,
      cwd: workspace,
      stdin,
      env: {
        LANG: "C.UTF-8",
        HOME: home,
        ...variables,
        ...(name === "process" ? homeVariables(home) : {}),
        CI: "true",
        TMPDIR: temporary,
        ...env,
        [MARK]: mark,
      },
      mark,
      folders: [workspace, home, temporary],
    }),
    end: async () => {},
  };
}
