import type { Vault } from "../patch/vault.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { ProjectChecks } from "./read-project-checks.ts";
import { findLocalAddresses, readVariables, refuseSecrets } from "./read-variables.ts";
import { type RepairStep, say } from "./step.ts";

/**
 * Says before an agent is paid what the commands will not find here.
 * @throws Error with a sentence where they cannot work at all
 */
export async function checkCommands(
  step: RepairStep,
  vault: Vault,
  project: ProjectChecks,
  { outlives }: Sandbox,
): Promise<void> {
  const { inputs, ports, journal } = step;
  refuseSecrets(readVariables(inputs.variables), ports.secrets);
  if (!outlives) refuseBackground(inputs["setup-command"]);
  const shallow = await findShallow(vault, project);
  if (shallow?.isSure) throw new Error(shallow.sentence);
  const sentences = [
    ...(shallow === undefined ? [] : [shallow.sentence]),
    ...project.model.remarks,
    ...findServices(step, project),
    ...findUnpassed(step, project),
  ];
  for (const sentence of sentences) {
    journal.note(sentence);
    say(step, sentence);
  }
}

/** @throws Error if a command leaves a process that ends with the wall or container around it */
export function refuseBackground(command: string | undefined): void {
  const left = findBackground(command);
  if (left === undefined) return;
  throw new Error(
    `\`setup-command\` leaves a process in the background (\`${left}\`), which is ended with the command: the tests would not find it. Start it in a step of the job before this one and name its port in \`services\`, or start it in \`test-command\`.`,
  );
}

/** A single `&` at the end of a command, without anything that waits for it. */
function findBackground(command: string | undefined): string | undefined {
  if (command === undefined || /\bwait\b/.test(command)) return undefined;
  const bare = command.replace(/'[^']*'|"[^"]*"/g, (quoted) => "_".repeat(quoted.length));
  const at = /(?<![&>|<\\])&(?![&>\d|])/.exec(bare)?.index;
  if (at === undefined) return undefined;
  const begin = /(?:\n|;|&&)?[^\n;]*$/.exec(bare.slice(0, at))?.index ?? 0;
  return command
    .slice(begin, at + 1)
    .replace(/^[\n;&]+/, "")
    .trim();
}

type Shallow = { readonly isSure: boolean; readonly sentence: string };

async function findShallow(
  vault: Vault,
  { model, checks, setup }: ProjectChecks,
): Promise<Shallow | undefined> {
  const described = [setup, ...checks].find((check) =>
    /\bgit describe\b(?![^\n;]*\|\|)/.test(check?.command ?? ""),
  );
  const why = described === undefined ? model.needsHistory : `\`${described.command}\` asks git for tags`;
  if (why === undefined) return undefined;
  const isShallow = (await vault.git(["rev-parse", "--is-shallow-repository"])).toString("utf8").trim();
  if (isShallow !== "true") return undefined;
  return {
    isSure: described !== undefined,
    sentence: `The checkout has one commit and no tags, and ${why}. Set \`fetch-depth: 0\` at actions/checkout of the jobs \`work\` and \`verify\` (the input \`fetch-depth\` of the reusable workflow).`,
  };
}

/** Services that CI starts and whose ports are not let through. */
function findServices({ inputs }: RepairStep, { model }: ProjectChecks): string[] {
  return model.services.flatMap(({ name, image, ports }) => {
    const missing = ports.filter((port) => !inputs.services.includes(String(port)));
    if (missing.length === 0 && ports.length > 0) return [];
    const port = missing.length === 0 ? "its port" : `\`services: ${missing.join(",")}\``;
    return [
      `CI starts ${name} (\`${image}\`) for its tests. If they need it, give this job the same \`services:\` with \`ports:\`, and this action ${missing.length === 0 ? `${port} in \`services\`` : port}.`,
    ];
  });
}

/** Variables of the job that a command asks for and that are not passed on. */
function findUnpassed(
  { inputs, ports }: RepairStep,
  { checks, setup, surroundings }: ProjectChecks,
): string[] {
  if (inputs.sandbox === "none") return [];
  const asked = [setup, ...checks].flatMap((check) => [
    ...(check?.command ?? "").matchAll(/\$\{?([A-Z][A-Z0-9_]+)/g),
  ]);
  const names = new Set(asked.map(([, name = ""]) => name));
  const local = findLocalAddresses(ports.machine);
  return [...names]
    .filter(
      (name) =>
        ports.machine[name] !== undefined &&
        surroundings.variables[name] === undefined &&
        local[name] === undefined &&
        /_(URL|URI|DSN|HOST|PORT|USER|NAME|PASSWORD)$/.test(name),
    )
    .map(
      (name) =>
        `The commands use ${name}, which the job has and does not pass on: name it in \`variables\` if its value is not a secret.`,
    );
}
