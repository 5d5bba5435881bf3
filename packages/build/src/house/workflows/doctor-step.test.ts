import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { KNOWN_SECRETS, KNOWN_VARIABLES } from "../../../../checks/src/known-names.ts";
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

test.each([
  ["secrets", KNOWN_SECRETS],
  ["vars", KNOWN_VARIABLES],
])("the table of known names has each of the %s that the README gives to an input", (kind, known) => {
  const given = Object.entries(doctor?.with ?? {}).filter(([, value]) => value.includes(`${kind}.`));
  expect(known).toEqual(Object.fromEntries(given.map(([input, value]) => [input, namesIn(value)[0]])));
});
