import { writeValue } from "../read-inputs.ts";
import type { KeyKind, SettingFault } from "./keys.ts";
import { placeholderFault } from "./placeholder.ts";

export const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * What is wrong with the value of a known input in the configuration file.
 * @param where the input's name and its place
 */
export function judgeValue(where: string, name: string, value: unknown, kind: KeyKind): SettingFault[] {
  if (kind === "secret")
    return [{ name, sentence: `${where} is a secret and does not belong there; pass it under \`with:\`.` }];
  const text = writeValue(value);
  if (text === undefined) return [{ name, sentence: `${where} must be one value or a list of values.` }];
  return kind === "words" ? [] : placeholderFault(where, name, text);
}
