import { cp, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { BuiltInAction, BuiltInStep } from "../action/built-in-action.ts";

/**
 * A stand-in for actions/download-artifact: copies the newest artifact of this run called `name` into `path`, or every
 * artifact of the run into a folder of its name where `name` is empty.
 */
export const downloadArtifact: BuiltInAction = {
  inputs: { name: "", path: "." },
  run: download,
};

async function download(step: BuiltInStep): Promise<void> {
  const { artifacts, inputs, runId, workspace, log } = step;
  const target = resolve(workspace, inputs["path"] ?? ".");
  const { name = "" } = inputs;
  const names = name === "" ? [...new Set(artifacts.list(runId).map((artifact) => artifact.name))] : [name];
  for (const wanted of names) {
    const artifact = artifacts.find(runId, wanted);
    if (artifact === undefined) {
      throw new Error(`Unable to download artifact(s): Artifact not found for name: ${wanted}`);
    }
    const folder = name === "" ? join(target, wanted) : target;
    await mkdir(folder, { recursive: true });
    await cp(artifacts.folderOf(artifact), folder, { recursive: true });
    log(`Artifact ${wanted} was copied to ${folder}.`);
  }
  step.setOutput("download-path", target);
}
