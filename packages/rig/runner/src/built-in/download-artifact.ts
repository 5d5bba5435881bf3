import { cp, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BuiltInAction, BuiltInStep } from "../action/built-in-action.ts";
import type { StoredArtifact } from "./artifact-store.ts";

/**
 * A stand-in for actions/download-artifact: copies the newest artifact of this run called `name`, or the one artifact
 * whose id `artifact-ids` is, into `path`; where both are empty, every artifact of the run into a folder of its name.
 */
export const downloadArtifact: BuiltInAction = {
  inputs: { "artifact-ids": "", name: "", path: "." },
  run: download,
};

async function download(step: BuiltInStep): Promise<void> {
  const { artifacts, inputs, workspace, log } = step;
  const target = resolve(workspace, inputs["path"] ?? ".");
  const { name = "", "artifact-ids": id = "" } = inputs;
  if (name !== "" && id !== "")
    throw new Error("Inputs 'name' and 'artifact-ids' cannot be used together. Please specify only one.");
  for (const artifact of wanted(step, name, id)) {
    const folder = name === "" && id === "" ? join(target, artifact.name) : target;
    await mkdir(folder, { recursive: true });
    await cp(artifacts.folderOf(artifact), folder, { recursive: true });
    log(`Artifact ${artifact.name} was copied to ${folder}.`);
  }
}

function wanted({ artifacts, runId }: BuiltInStep, name: string, id: string): readonly StoredArtifact[] {
  // One that was uploaded under the name of an older one hides that, whoever asks for which.
  const newest = new Map(artifacts.list(runId).map((artifact) => [artifact.name, artifact]));
  const all = [...newest.values()];
  if (name === "" && id === "") return all;
  const found = all.filter((artifact) => artifact.name === name || String(artifact.id) === id);
  if (found.length > 0) return found;
  const sought = name === "" ? `id: ${id}` : `name: ${name}`;
  throw new Error(`Unable to download artifact(s): Artifact not found for ${sought}`);
}
