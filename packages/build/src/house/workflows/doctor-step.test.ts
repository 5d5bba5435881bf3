import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { VARIABLES } from "../../../../../actions/doctor/src/words-variables.ts";
import { REPOSITORY } from "../../repository.ts";
import { readReadmeWorkflow } from "./readme-workflow.ts";

type Step = { uses: string; with: Record<string, string> };
const steps = Object.values(parse(readReadmeWorkflow()).jobs as Record<string, { steps: Step[] }>).flatMap(
  (job) => job.steps,
);
const doctor = steps.find(({ uses }) => uses.startsWith("patchpilot/doctor@"));

const namesIn = (text: string): string[] =>
  [...text.matchAll(/\b(?:secrets|vars)\.(\w+)/g)].map(([, name = ""]) => name);
const template = readFileSync(join(REPOSITORY, "actions/repair/templates/patchpilot-repair.yml"), "utf8");

test("the doctor sees every secret and variable that the workflows read", () => {
  const read = new Set([
    ...steps.filter((step) => step !== doctor).flatMap((step) => namesIn(JSON.stringify(step))),
    ...namesIn(template),
  ]);
  expect([...new Set(namesIn(JSON.stringify(doctor)))].sort()).toEqual([...read].sort());
});

test("the doctor's table names the secret or variable that the README gives to each input", () => {
  const given = Object.entries(doctor?.with ?? {}).map(([input, value]) => [input, namesIn(value)[0]]);
  expect(VARIABLES).toEqual(Object.fromEntries(given));
});
