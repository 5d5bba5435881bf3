import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { reportedException } from "@patchpilot/incident";
import * as z from "zod";
import type { RepairInputs } from "../contract.ts";

/** What `claim` says of the attempt, as far as it matters here. Names and numbers; an approved plan's text is data. */
const taskSchema = z.looseObject({
  v: z.literal(1),
  key: z.string(),
  attempt: z.number().int().positive(),
  issue: z.number().int().positive(),
  autonomy: z.string().optional(),
  kind: z.string().optional(),
  recipe: z.string().optional(),
  /** What was reserved for the attempt, and a price list. */
  budget: z
    .looseObject({
      usd: z.number().positive().optional(),
      minutes: z.number().positive().optional(),
      prices: z.string().optional(),
    })
    .optional(),
  plan: z.looseObject({ text: z.string(), sha256: z.string() }).optional(),
  /** What production reported: data, which says why a test fails. */
  exceptions: z.array(reportedException).max(10).optional().catch(undefined),
});
export type TaskFile = z.output<typeof taskSchema>;

export const AUTONOMIES = ["observe", "plan", "draft-pr"] as const;
export type TaskAutonomy = (typeof AUTONOMIES)[number];

/**
 * Reads task.json.
 * @throws Error with a sentence where it is none, or where its plan is not the one that was approved.
 */
export function parseTask(file: Buffer): TaskFile {
  const parsed = taskSchema.safeParse(parseJson(file.toString("utf8")));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(
      `\`task-file\` is not what \`claim\` writes: \`${issue?.path.join(".")}\`: ${issue?.message}.`,
    );
  }
  const { plan } = parsed.data;
  if (plan !== undefined && sha256Of(plan.text) !== plan.sha256)
    throw new Error(
      "The plan in `task-file` is not the one that was approved: its SHA-256 differs. Dispatch again.",
    );
  return parsed.data;
}

/** How far an attempt may go. A word that is not known means the least. */
export function judgeAutonomy(task: TaskFile | undefined): TaskAutonomy {
  const named = task?.autonomy ?? "draft-pr";
  return AUTONOMIES.find((each) => each === named) ?? "observe";
}

export const sha256Of = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error("`task-file` is not JSON; pass the file that `claim` wrote.", { cause });
  }
}

/** The file that an input names; undefined if it names none. @throws Error with a sentence that names the input. */
export async function readInputFile(
  inputs: RepairInputs,
  input: "prompt-file" | "evidence-file" | "task-file" | "patch",
): Promise<Buffer | undefined> {
  const path = inputs[input];
  if (path === undefined) return undefined;
  try {
    return await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "unreadable";
    throw new Error(
      `The file ${path} in \`${input}\` cannot be read (${code}). Download the artifact that has it before this step.`,
      { cause },
    );
  }
}
