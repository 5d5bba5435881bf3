import { execFile } from "node:child_process";
import type { Sandbox } from "../sandbox.ts";

/**
 * A wall of root's, made by root in the name of an account that has `sudo`.
 * @param wall one that becomes the account again by itself
 */
export function throughSudo(wall: Sandbox): Sandbox {
  return {
    ...wall,
    launch: (command, folders, mark) => {
      const launch = wall.launch(command, folders, mark);
      return {
        ...launch,
        file: "/bin/sh",
        args: ["-c", ASK, "wall", AS_ROOT, launch.file, ...launch.args],
        // What belongs to root ends by root's signals alone.
        signal: (group, name) => {
          const kill = `kill -s ${name.replace("SIG", "")} -- -${group}`;
          const env = { PATH: launch.env["PATH"] };
          execFile("sudo", ["-n", "--", "/bin/sh", "-c", kill], { env }, () => {});
        },
      };
    },
  };
}

/**
 * `sudo` takes the shell's place, and so its process id, by which its environment is found. Bash would read root's
 * settings: it takes a socket as its input for a remote login.
 */
const ASK = `script=$1; shift; exec sudo -n -- env -i bash --norc -c "$script" wall "$$" "$@"`;

/**
 * `sudo` drops the environment and may not be allowed to keep it, and every process can read arguments: root reads it
 * from the process that was given it.
 */
const AS_ROOT = `pid=$1; shift
while IFS= read -r -d '' variable; do export "$variable"; done < "/proc/$pid/environ"
exec "$@"`;
