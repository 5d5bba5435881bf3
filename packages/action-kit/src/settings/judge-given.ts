import { inputVariable } from "../read-inputs.ts";
import { ownKeys, type Reader, type SettingFault } from "./keys.ts";
import { placeholderFault } from "./placeholder.ts";
import { unknownInput } from "./unknown-input.ts";

const PREFIX = "INPUT_";

/**
 * Judges what the step passes under `with:`: inputs that the action does not have, and values with a variable that
 * nothing fills in. Inputs of a composite action around the step are not among these: GitHub's runner hands a step its
 * own inputs alone (actions/runner, Handler.cs: AddInputsToEnvironment, which CompositeActionHandler.cs does not call).
 */
export function judgeGiven(
  variables: Readonly<Record<string, string | undefined>>,
  reader: Reader,
): SettingFault[] {
  const { inputs } = ownKeys(reader);
  const declared = new Set(Object.keys(inputs).map(inputVariable));
  const unknown = Object.keys(variables).filter(
    (variable) => variable.startsWith(PREFIX) && !declared.has(variable),
  );
  return [
    ...unknown.map((variable) => unknownVariable(variable, reader)),
    ...Object.entries(inputs).flatMap(([name, kind]) => {
      const value = variables[inputVariable(name)] ?? "";
      return kind === "value" ? placeholderFault(describePlace(name), name, value) : [];
    }),
  ];
}

const describePlace = (name: string): string => `\`${name}\` under \`with:\``;

function unknownVariable(variable: string, reader: Reader): SettingFault {
  const name = variable.slice(PREFIX.length).toLowerCase();
  const otherwise = `see the inputs in the README of ${reader.action}. If ${variable} is a variable under \`env:\`, give it a name without ${PREFIX}.`;
  return unknownInput(describePlace(name), name, reader, otherwise);
}
