import { type Contract, readMeta } from "@patchpilot/action-kit/contract";
import type * as z from "zod";
import { marketplaceFaults } from "./marketplace.ts";

/** One input as people read it. */
export type InputDescription = {
  readonly name: string;
  readonly description: string;
  readonly secret: boolean;
  /** Every run without it fails. */
  readonly required: boolean;
  /** As shown to people; absent where there is no default. */
  readonly shownDefault?: string;
  /** Written to action.yml, because only the runner can fill it in. */
  readonly runnerDefault?: string;
};

export type OutputDescription = { readonly name: string; readonly description: string };

/** The inputs of a contract, in the order of the contract. */
export function describeInputs(contract: Contract): InputDescription[] {
  return Object.entries(contract.inputs.shape).map(([name, schema]) => {
    const { description, secret, shownDefault, runnerDefault } = readMeta(schema as z.ZodType);
    return {
      name,
      description,
      secret: secret ?? false,
      required: isRequired(schema as z.ZodType),
      ...(shownDefault ? { shownDefault } : {}),
      ...(runnerDefault ? { runnerDefault } : {}),
    };
  });
}

const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** The outputs of a contract, in the order of the contract. */
export function describeOutputs(contract: Contract): OutputDescription[] {
  return Object.entries(contract.outputs.shape).map(([name, schema]) => ({
    name,
    description: (schema as z.ZodType).meta()?.description ?? "",
  }));
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What keeps a contract from being published, one sentence each. */
export function contractFaults(contract: Contract): string[] {
  const named = [
    ...describeInputs(contract).map((input) => ({ kind: "input", ...input })),
    ...describeOutputs(contract).map((output) => ({ kind: "output", ...output })),
  ];
  const faults = named.flatMap(({ kind, name, description }) => [
    ...(NAME.test(name) ? [] : [`The ${kind} \`${name}\` of ${contract.name} is not kebab-case.`]),
    ...(description?.trim() ? [] : [`The ${kind} \`${name}\` of ${contract.name} has no description.`]),
  ]);
  return [...faults, ...marketplaceFaults(contract)];
}
