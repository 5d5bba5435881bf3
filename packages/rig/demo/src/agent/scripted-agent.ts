/**
 * The command that stands where a coding agent would: no model, but a script that knows its edits beforehand. Around it
 * everything is as with a model: it gets its task as a file, works in the checkout, and others run the tests.
 *
 * node scripted-agent.ts REPAIRS.json, in the checkout
 */
import { readFile, writeFile } from "node:fs/promises";
import { chooseRepair } from "./choose-repair.ts";
import type { ScriptedRepair } from "./repair.ts";

const task = await readFile(process.env["PATCHPILOT_PROMPT_FILE"] ?? "", "utf8");
if (task === "") throw new Error("The scripted agent got no task.");

const repairs = JSON.parse(await readFile(process.argv[2] ?? "", "utf8")) as readonly ScriptedRepair[];
const files = new Map<string, string>();
for (const { file } of repairs.flatMap(({ edits }) => edits)) files.set(file, await readFile(file, "utf8"));
const { sentence, why, changed } = chooseRepair(repairs, files);
for (const [file, text] of changed) await writeFile(file, text);
console.log(`Changed: ${sentence}.`);
console.log(`Why: ${why}.`);
console.log("By: a script, not a model; the edit was written beforehand.");
