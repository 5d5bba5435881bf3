import { type ReadFile, readConfiguration } from "./configuration.ts";
import type { Contract, Environment, InputsOf, Outcome } from "./contract.ts";
import { readEnvironment } from "./read-environment.ts";
import { givenInputs, parseInputs, secretValues } from "./read-inputs.ts";
import { maskSecrets, type Report, reportFailure, reportOutcome } from "./report.ts";

/** What `connect` may use beside the inputs. */
export type Job = {
  readonly environment: Environment;
  /** Values of the secret inputs by name: none may leave in a URL or a body. */
  readonly secrets: Readonly<Record<string, string>>;
};

export type Action<C extends Contract, Ports> = {
  readonly contract: C;
  readonly run: (inputs: InputsOf<C>, ports: Ports) => Promise<Outcome<C>>;
  /** Builds the provider clients; the one place of an action that knows them. */
  readonly connect: (inputs: InputsOf<C>, job: Job) => Ports | Promise<Ports>;
  /** Runs before anything is asked: sends calls through the proxy that a self-hosted runner's environment names. */
  readonly prepare?: (variables: Readonly<Record<string, string | undefined>>) => Promise<unknown>;
  /** How to read `.github/patchpilot.yml`; absent: only `with:` counts. */
  readonly configuration?: (given: Readonly<Record<string, string>>, job: Job) => ReadFile;
};

/**
 * Runs one action from the runner's environment to its outputs: the only try/catch of the process.
 * Exit 1 where inputs are wrong, a credential is refused or nothing could be done; outputs come first.
 */
export async function runAction<C extends Contract, Ports>(action: Action<C, Ports>): Promise<void> {
  let report: Report | undefined;
  try {
    const given = givenInputs(action.contract, process.env);
    const secrets = secretValues(action.contract, given);
    report = { secrets: Object.values(secrets) };
    maskSecrets(report.secrets);
    const environment = readEnvironment(process.env);
    await action.prepare?.(process.env);
    const inputs = await readInputs(action, given, { environment, secrets });
    const ports = await action.connect(inputs, { environment, secrets });
    await reportOutcome(await action.run(inputs, ports), report);
  } catch (error) {
    await reportFailure(error, report ?? { secrets: [] });
  }
}

/**
 * Reads `with:` and the configuration file, so that the faults of both are told at once. Where the file cannot be
 * read, faults under `with:` are told all the same: they come first for whoever mends them.
 */
async function readInputs<C extends Contract, Ports>(
  { contract, configuration }: Action<C, Ports>,
  given: Readonly<Record<string, string>>,
  job: Job,
): Promise<InputsOf<C>> {
  const readFile = configuration?.(given, job);
  if (readFile === undefined) return parseInputs(contract, given);
  const configured = await readConfiguration(job.environment, readFile).catch((error: unknown) => {
    parseInputs(contract, given);
    throw error;
  });
  return parseInputs(contract, given, configured);
}
