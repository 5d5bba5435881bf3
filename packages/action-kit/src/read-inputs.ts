import type * as z from "zod";
import type { Contract, InputsOf } from "./contract.ts";
import type { InputMeta } from "./inputs.ts";

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

export const metaOf = (schema: z.ZodType): InputMeta => (schema.meta() ?? { description: "" }) as InputMeta;

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
    if (value.trim() === "" && metaOf(schema as z.ZodType).emptyMeans === undefined) continue;
    given[name] = value;
  }
  return given;
}

/**
 * Parses the inputs of one run. `with:` wins over the configuration file, which wins over defaults.
 * @throws InputFaults with every fault at once, each as a sentence that names its input.
 */
export function parseInputs<C extends Contract>(
  contract: C,
  given: Readonly<Record<string, string>>,
  configuration: Configuration = {},
): InputsOf<C> {
  const configured = configuredInputs(contract, configuration);
  const result = contract.inputs.safeParse({ ...configured.values, ...given });
  if (result.success && configured.faults.length === 0) return result.data as InputsOf<C>;
  const parsing = result.success
    ? []
    : result.error.issues.map((issue) => `Input \`${issue.path.join(".")}\` ${sentenceOf(issue)}.`);
  throw new InputFaults([...configured.faults, ...parsing]);
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom") return issue.message;
  if (issue.code === "invalid_type") return "is missing; set it under `with:`";
  return issue.message;
}

/** Names that this action does not have belong to others in the chain, so they are passed over. */
function configuredInputs(
  contract: Contract,
  configuration: Configuration,
): { values: Record<string, string>; faults: string[] } {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const [name, schema] of Object.entries(contract.inputs.shape)) {
    if (!Object.hasOwn(configuration, name)) continue;
    const value = configuration[name];
    const written = textOf(value);
    if (metaOf(schema as z.ZodType).secret) {
      faults.push(
        `\`${name}\` is a secret and must not stand in .github/patchpilot.yml; pass it under \`with:\`.`,
      );
    } else if (written === undefined) {
      faults.push(`\`${name}\` in .github/patchpilot.yml must be one value or a list of values.`);
    } else if (written.trim() !== "" || isEmptyList(schema as z.ZodType, value)) {
      values[name] = written;
    }
  }
  return { values, faults };
}

/** A value of the file as one would write it under `with:`; undefined for what has no such form. */
function textOf(value: unknown): string | undefined {
  if (value === null) return "";
  if (Array.isArray(value))
    return value.every((entry) => !isNested(entry)) ? value.map((entry) => entry ?? "").join(",") : undefined;
  return isNested(value) ? undefined : String(value);
}

const isNested = (value: unknown): boolean => typeof value === "object" && value !== null;

/** `[]` says "none" where an empty text would say nothing. */
const isEmptyList = (schema: z.ZodType, value: unknown): boolean =>
  Array.isArray(value) && metaOf(schema).emptyMeans !== undefined;

/** The values of the secret inputs by name, for masking and for the scan of outbound text. A list counts one by one. */
export function secretValues(
  contract: Contract,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const [name, schema] of Object.entries(contract.inputs.shape)) {
    if (!metaOf(schema as z.ZodType).secret) continue;
    const values = (given[name] ?? "").split(",").map((value) => value.trim());
    for (const [index, value] of values.entries())
      if (value.length >= 4) secrets[index === 0 ? name : `${name} (${index + 1})`] = value;
  }
  return secrets;
}
