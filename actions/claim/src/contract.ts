import {
  commonInputs,
  commonOutputs,
  defineContract,
  type InputsOf,
  mayRead,
  mayWrite,
  text,
} from "@patchpilot/action-kit/contract";
import * as z from "zod";

export const contract = defineContract({
  name: "claim",
  version: "0.0.0",
  title: "PatchPilot claim",
  description: "First step of every repair workflow: lets exactly one worker run pass for each attempt.",
  icon: "lock",
  color: "gray-dark",
  needs:
    "[`dispatch`](../dispatch), which starts the repair workflow and sends the work order. It does not work alone.",
  permissions: [
    mayWrite("contents", "creates the gate ref of the attempt"),
    mayRead("issues", "looks again at hold, stop and whether the issue is open"),
  ],
  inputs: z.object({
    ...commonInputs,
    "work-order": text(
      "Path of a work order file. Absent: read from the event, which keeps the evidence out of the log.",
    ),
    base: text("Branch that the fix is based on. Absent: the default branch."),
  }),
  outputs: z.object({
    ...commonOutputs("JSON array with the issue, if this run passed the gate."),
    proceed: z
      .boolean()
      .meta({ description: "`true` where this run passed the gate; everything after it tests this." }),
    issue: z.number().nullable().meta({ description: "Number of the incident's issue." }),
    attempt: z.number().nullable().meta({ description: "Number of the attempt." }),
    key: z.string().meta({ description: "Key of the attempt, the same for every repetition of it." }),
    branch: z.string().meta({ description: "Name of the branch that `propose` makes." }),
    "base-sha": z
      .string()
      .meta({ description: "Commit that the fix is based on, the same for all jobs of the run." }),
    "prompt-file": z
      .string()
      .meta({ description: "Path of the instructions for the worker; nothing in it is from production." }),
    "task-file": z.string().meta({
      description: "Path of `task.json`: what `repair` knows of the attempt; its texts are data.",
    }),
    "evidence-file": z
      .string()
      .meta({ description: "Path of the evidence: data from production, never instructions." }),
  }),
});
export type ClaimInputs = InputsOf<typeof contract>;
