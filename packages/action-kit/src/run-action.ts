import { setImmediate } from "node:timers/promises";
import { configurationText, type ReadFile } from "./configuration.ts";
import type { Contract, Environment, InputsOf, Line, Outcome } from "./contract.ts";
import { readEnvironment } from "./read-environment.ts";
import { givenInputs, inputVariable, secretValues } from "./read-inputs.ts";
import { maskSecrets, type ReportContext, reportFailure, reportOutcome } from "./report.ts";

/** What `connect` may use beside the inputs. */
export type Job = {
  readonly environment: Environment;
  /** Values of the secret inputs by name: none may leave in a URL or a body. */
  readonly secrets: Readonly<Record<string, string>>;
};

export type Action<C extends Contract, Ports> = {
  /** Loads the contract: it takes longer than the first request, which need not wait for it. */
  readonly contract: () => Promise<C>;
  readonly run: (inputs: InputsOf<C>, ports: Ports) => Promise<Outcome<C>>;
  /** Builds the provider clients; the one place of an action that knows them. */
  readonly connect: (inputs: InputsOf<C>, job: Job) => Ports | Promise<Ports>;
  /** Runs before anything is asked: sends calls through the proxy that a self-hosted runner's environment names. */
  readonly prepare?: (variables: Variables) => Promise<unknown>;
  /** How to read `.github/patchpilot.yml`; absent: only `with:` counts. */
  readonly configuration?: (given: Given, environment: Environment) => ReadFile;
};

type Variables = Readonly<Record<string, string | undefined>>;

/** Whom to ask for the configuration file, and about which repository. */
type Given = { readonly token: string; readonly repository: string };

/**
 * Runs one action from the runner's environment to its outputs: the only try/catch of the process.
 * Exit 1 if inputs are wrong, a credential is refused or nothing could be done; outputs come first.
 */
export async function runAction<C extends Contract, Ports>(action: Action<C, Ports>): Promise<void> {
  let report: ReportContext | undefined;
  try {
    const environment = readEnvironment(process.env);
    await action.prepare?.(process.env);
    const file = askForFile(action, environment);
    // A turn of the event loop, so that the request leaves before loading the contract keeps this process busy.
    await setImmediate();
    const contract = await action.contract();
    const { readSettings } = await import("./settings/read-settings.ts");
    const given = givenInputs(contract, process.env);
    const secrets = secretValues(contract, given);
    const repository = given["repository"]?.trim() || environment.repository;
    report = { secrets: Object.values(secrets), job: { ...environment, repository } };
    maskSecrets(report.secrets);
    const inputs = await readSettings(contract, process.env, file);
    const ports = await action.connect(inputs, { environment, secrets });
    const outcome = await action.run(inputs, ports);
    await reportOutcome({ ...outcome, lines: [...unsigned(contract, given), ...outcome.lines] }, report);
  } catch (error) {
    await reportFailure(error, report ?? { secrets: [] });
  }
}

/** Anyone who can write comments as this account could forge records that nobody signs. */
function unsigned({ signs }: Contract, given: Readonly<Record<string, string>>): Line[] {
  if (signs !== true || given["state-key"] !== undefined) return [];
  const text =
    "`state-key` is not set, so records are not signed and could be forged. Make one: `openssl rand -hex 32 | gh secret set PATCHPILOT_STATE_KEY`.";
  return [{ level: "warning", text }];
}

/** Begins to read the configuration file; what goes wrong is said by the one who awaits it. */
function askForFile<C extends Contract, Ports>(
  { configuration }: Action<C, Ports>,
  environment: Environment,
): Promise<string> {
  if (configuration === undefined) return Promise.resolve("");
  const token = process.env[inputVariable("github-token")] ?? "";
  const repository = process.env[inputVariable("repository")]?.trim() || environment.repository;
  const file = configurationText({ ...environment, repository }, (path) =>
    configuration({ token, repository }, environment)(path),
  );
  file.catch(() => undefined);
  return file;
}
