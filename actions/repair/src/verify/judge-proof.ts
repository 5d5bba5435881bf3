import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "@patchpilot/action-kit";
import { isEnough, type RepairResult, repairResult } from "@patchpilot/incident";
import type { contract, RepairInputs } from "../contract.ts";
import type { RepairPorts } from "../ports.ts";
import { RESULT_FOLDER } from "../result/result-files.ts";

/**
 * `step: proof`: ends green or red by what the `verify` before it showed, so that how a step ended tells later jobs the
 * level, and nothing that was put out. Behind a wall no code under test reaches the file that is read here.
 */
export async function judgeProof(
  inputs: RepairInputs,
  ports: RepairPorts,
): Promise<Outcome<typeof contract>> {
  const file = join(ports.temporaryFolder, RESULT_FOLDER, "result.json");
  const found = await readFile(file, "utf8").then(readResult, () => undefined);
  const required = inputs["require-proof"];
  const level = found?.step === "verify" && found.result === "patch" ? found.proof?.level : undefined;
  const told = level === undefined ? "`verify` showed nothing of the patch" : `The patch is ${level}`;
  return {
    outputs: {
      result: level === undefined ? "no-change" : "patch",
      patch: "",
      "patch-sha256": "",
      sandbox: found?.sandbox ?? "",
      "result-file": file,
    },
    lines: [{ level: "notice", text: `${told}.` }],
    summary: "",
    ...(isEnough(level, required) ? {} : { failure: `${told}, and this step asks for ${required}.` }),
  };
}

function readResult(text: string): RepairResult | undefined {
  try {
    return repairResult.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
