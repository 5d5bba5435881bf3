import type { Contract } from "@patchpilot/action-kit/contract";
import { stringify } from "yaml";
import { describeInputs, describeOutputs, type InputDescription } from "./describe-contract.ts";
import { AUTHOR } from "./marketplace.ts";

const NOTICE =
  "# Generated from src/contract.ts by `npm run generate`. Change the contract, not this file.\n";

/**
 * action.yml of a contract. Only what the runner itself must fill in stands under `default`: any other default
 * would look like a given value and beat `.github/patchpilot.yml`, so it is named in the description.
 */
export function actionMetadata(contract: Contract): string {
  const metadata = {
    name: contract.title,
    author: AUTHOR,
    description: contract.description,
    branding: { icon: contract.icon, color: contract.color },
    inputs: Object.fromEntries(describeInputs(contract).map((input) => [input.name, inputMetadata(input)])),
    outputs: Object.fromEntries(
      describeOutputs(contract).map(({ name, description }) => [name, { description }]),
    ),
    runs: { using: "node24", main: "dist/index.js" },
  };
  return NOTICE + stringify(metadata, { lineWidth: 0 });
}

function inputMetadata(input: InputDescription): Record<string, unknown> {
  const shown =
    input.shownDefault !== undefined && input.runnerDefault === undefined
      ? ` Default: \`${input.shownDefault}\`.`
      : "";
  return {
    description: `${input.description}${shown}`,
    required: input.required,
    ...(input.runnerDefault === undefined ? {} : { default: input.runnerDefault }),
  };
}
