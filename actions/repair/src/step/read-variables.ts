import { redactValues } from "@patchpilot/evidence";
import { isDecided } from "@patchpilot/project";

export const readVariableLines = (text = ""): string[] =>
  text.split("\n").filter((line) => line.trim() !== "");

/** Variables by name, from lines `NAME=value`. */
export function readVariables(text: string | undefined): Record<string, string> {
  return Object.fromEntries(
    readVariableLines(text).map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * Addresses of databases and the like on this machine that the job has in its environment: without an account, a
 * password or a query, they are no secret.
 */
export const findLocalAddresses = (machine: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(machine).filter(([name, value]) => {
      const url = /_(URL|URI|DSN)$/.test(name) && !isDecided(name) ? URL.parse(value) : null;
      return url !== null && LOOPBACK.test(url.hostname) && url.username + url.password + url.search === "";
    }),
  );

/** Whether a line of the input sets a variable that is the project's to set. */
export const isVariable = (line: string): boolean => {
  const at = line.indexOf("=");
  return at > 0 && !isDecided(line.slice(0, at).trim());
};

/**
 * Variables go to code that an agent wrote: none may hold a secret.
 * @param secrets values of the job's secrets
 * @throws Error that names the variable and not its value
 */
export function refuseSecrets(variables: Readonly<Record<string, string>>, secrets: readonly string[]): void {
  const name = Object.keys(variables).find((each) => redactValues(variables[each] ?? "", secrets).hidden > 0);
  if (name !== undefined)
    throw new Error(
      `\`variables\` gives ${name} the value of a secret of this job, which agent and tests would see. Give it a value that is not a secret, such as that of a database for tests alone.`,
    );
}
