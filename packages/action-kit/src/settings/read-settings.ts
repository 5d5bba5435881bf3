import { parseConfiguration } from "../configuration.ts";
import type { Contract, InputsOf } from "../contract.ts";
import { givenInputs, parseInputs } from "../read-inputs.ts";
import { borrowValues } from "./borrow-values.ts";
import { judgeFile } from "./judge-file.ts";
import { judgeGiven } from "./judge-given.ts";
import { makeActionKeys, type Reader } from "./keys.ts";
import { RELEASE_KEYS } from "./release-keys.ts";

/**
 * Reads `with:` and the configuration file, so that all faults of both are told at once. If the file cannot be read,
 * faults under `with:` are told all the same: they come first for whoever mends them.
 * @param file text of the configuration file; empty if there is none
 * @throws InputFaults
 */
export async function readSettings<C extends Contract>(
  contract: C,
  variables: Readonly<Record<string, string | undefined>>,
  file: Promise<string>,
): Promise<InputsOf<C>> {
  const reader = makeReader(contract);
  const given = givenInputs(contract, variables);
  const wrong = judgeGiven(variables, reader);
  const text = await file.catch((error: unknown) => {
    parseInputs(contract, given, {}, wrong);
    throw error;
  });
  const { configuration, faults } = await parseConfiguration(text);
  const judged = judgeFile(configuration, reader);
  const values = { ...judged.values, ...borrowValues(configuration, contract) };
  return parseInputs(contract, given, values, [...wrong, ...faults, ...judged.faults]);
}

/** An action knows itself by its contract, and the others by their release. */
function makeReader(contract: Contract): Reader {
  const { name: action, version } = contract;
  return { action, version, release: { ...RELEASE_KEYS, [action]: makeActionKeys(contract) } };
}
