import type * as z from "zod";
import type { Contract, InputsOf } from "./contract.ts";
import { readMeta } from "./input-meta.ts";
import type { SettingFault } from "./settings/keys.ts";

/** The faults of all inputs, in one message. */
export class InputFaults extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `${faults.length === 1 ? "One input is" : `${faults.length} inputs are`} wrong. ${faults.join(" ")}`,
    );
    this.name = "InputFaults";
    this.faults = faults;
  }
}

/** Values of a configuration file under the names of inputs. */
export type Configuration = Readonly<Record<string, unknown>>;

/**
 * The name of an input in the runner's environment: upper case, spaces to `_`, hyphens kept.
 * Source: docs.github.com, metadata syntax for GitHub Actions, `inputs`.
 */
export const inputVariable = (name: string): string => `INPUT_${name.replace(/ /g, "_").toUpperCase()}`;

/** Texts of the inputs as given under `with:`; absent and empty ones are left out, unless empty means something. */
export function givenInputs(
  contract: Contract,
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, schema] of Object.entries(contract.inputs.shape)) {
    const value = variables[inputVariable(name)];
    if (value === undefined) continue;
    if (value.trim() === "" && readMeta(schema as z.ZodType).emptyMeans === undefined) continue;
    given[name] = value;
  }
  return given;
}

/**
 * Parses the inputs of one run. `with:` wins over the configuration file, which wins over defaults.
 * @param configured values of the configuration file, of which `faults` has what is wrong with them
 * @param faults what is wrong already: it is told once
 * @throws InputFaults with every fault at once, each as a sentence that names its input.
 */
export function parseInputs<C extends Contract>(
  contract: C,
  given: Readonly<Record<string, string>>,
  configured: Configuration = {},
  faults: readonly SettingFault[] = [],
): InputsOf<C> {
  const result = contract.inputs.safeParse({ ...configuredTexts(contract, configured), ...given });
  if (result.success && faults.length === 0) return result.data as InputsOf<C>;
  const known = new Set(faults.map(({ name }) => name));
  const issues = (result.error?.issues ?? []).filter((issue) => !known.has(issue.path.join(".")));
  throw new InputFaults([
    ...faults.map(({ sentence }) => sentence),
    ...issues.map((issue) => `Input \`${issue.path.join(".")}\` ${issue.message}.`),
  ]);
}

/** The values of the file as one would write them under `with:`. Empty ones are left out, but `[]` says "none". */
function configuredTexts(contract: Contract, configured: Configuration): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of Object.keys(contract.inputs.shape)) {
    if (!Object.hasOwn(configured, name)) continue;
    const value = configured[name];
    const text = writeValue(value);
    if (text !== undefined && (text.trim() !== "" || Array.isArray(value))) texts[name] = text;
  }
  return texts;
}

/** A value of the file as one would write it under `with:`; undefined for what has no such form. */
export function writeValue(value: unknown): string | undefined {
  if (value === null) return "";
  if (Array.isArray(value))
    return value.every((entry) => !isNested(entry)) ? value.map((entry) => entry ?? "").join(",") : undefined;
  return isNested(value) ? undefined : String(value);
}

const isNested = (value: unknown): boolean => typeof value === "object" && value !== null;

/** What begins and ends a key in PEM is public, and stands around other keys as well. */
const ARMOUR = /^-{3,5} ?(?:BEGIN|END) [A-Z0-9 ]+-{3,5}$/;

/** The values of the secret inputs by name, for masking and for the scan of outbound text. A list counts one by one, and so do lines. */
export function secretValues(
  contract: Contract,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const [name, schema] of Object.entries(contract.inputs.shape)) {
    const { secret, lines } = readMeta(schema as z.ZodType);
    if (!secret) continue;
    const values = (given[name] ?? "").split(lines ? "\n" : ",").map((value) => value.trim());
    for (const [index, value] of values.entries())
      if (value.length >= (lines ? 6 : 4) && !ARMOUR.test(value))
        secrets[index === 0 ? name : `${name} (${index + 1})`] = value;
  }
  return secrets;
}
