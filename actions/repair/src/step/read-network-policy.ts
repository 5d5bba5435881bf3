import { ANTHROPIC, OPENAI } from "../agents/model-gate.ts";
import type { RepairInputs } from "../contract.ts";
import { type Address, readAddress } from "../network/address.ts";
import { listFetchers, type Policy } from "../network/policy.ts";
import { findRegistries, mayNameRegistries } from "../network/registries.ts";
import { readBlobs } from "../patch/read-blobs.ts";
import type { Vault } from "../patch/vault.ts";
import type { ProjectChecks } from "./read-project-checks.ts";

/** Who may ask for what, by the inputs and the base commit. */
export async function readNetworkPolicy(
  inputs: RepairInputs,
  vault: Vault,
  project: ProjectChecks,
): Promise<Policy> {
  return {
    registries: await readRegistries(vault),
    named: inputs.registries.flatMap((entry) => readAddress(entry) ?? []),
    fetching: listFetchers(
      project.setup !== undefined,
      project.model.parts.some(({ fetches, test }) => fetches && test !== undefined),
      inputs["agent-network"],
    ),
    models: inputs.agent === "command" ? listModels(inputs) : [],
  };
}

/** The registries that the base commit names, and those that its kinds of files stand for. */
async function readRegistries(vault: Vault): Promise<Address[]> {
  const naming = vault.files.filter(({ path }) => mayNameRegistries(path));
  const blobs = await readBlobs(vault, new Set(naming.map(({ oid }) => oid)));
  return findRegistries(
    vault.files.map(({ path }) => path),
    new Map(naming.map(({ oid, path }) => [path, blobs.get(oid) ?? ""])),
  );
}

/** A command holds its key itself, and asks its model without the gate. */
function listModels(inputs: RepairInputs): Address[] {
  const vendors = [
    ...(inputs["anthropic-api-key"] === undefined ? [] : [ANTHROPIC.url]),
    ...(inputs["openai-api-key"] === undefined ? [] : [OPENAI.url]),
  ];
  const urls = inputs["model-url"] === undefined ? vendors : [inputs["model-url"]];
  return urls.flatMap((url) => readAddress(url) ?? []);
}
