import { expect, test } from "vitest";
import { readmeSections, replaceSections } from "./readme-sections.ts";
import { exampleContract } from "./testing/example-contract.ts";

const sections = readmeSections(exampleContract);

test("a permission that some configurations need says which ones", () => {
  expect(sections.permissions).toContain("| `contents: write` | makes refs | `source: sentry` |");
});

test("the head links to the landing page and the set-up, and says which actions are needed", () => {
  expect(sections["head"]?.split("\n")).toEqual([
    expect.stringMatching(/^- \*\*Part of:\*\* \[PatchPilot\]\(\.\.\/\.\.\/README\.md\), /),
    expect.stringMatching(/^- \*\*Set-up:\*\* \[every step\]\(\.\.\/\.\.\/docs\/setup\.md\), /),
    "- **Needs:** no other PatchPilot action.",
  ]);
});

test("a required input is marked instead of a default", () => {
  expect(sections.inputs).toContain("| `example-token` (secret) | **required** | A token. |");
});

test("a secret input is marked as one", () => {
  expect(sections.inputs).toContain("| `extra-key` (secret) |");
});

test("a bar in a description does not open another cell", () => {
  expect(sections.inputs).toContain("| `environment` | `production` | One of production\\|staging. |");
});

test("a table of the action's own is a section, too", () => {
  const own = {
    rules: [
      ["result", "if"],
      ["`closed`", "a | b"],
    ],
  };
  expect(readmeSections(exampleContract, own)).toEqual({
    ...sections,
    rules: "| result | if |\n| - | - |\n| `closed` | a \\| b |",
  });
});

const readme = "# Example\n\n<!-- generated:inputs -->\nold\n<!-- /generated -->\n\nThe end.\n";

test("only what stands between the markers is replaced", () => {
  expect(replaceSections(readme, { inputs: "new" })).toBe(
    "# Example\n\n<!-- generated:inputs -->\n\nnew\n\n<!-- /generated -->\n\nThe end.\n",
  );
});

test("replacing the same section again changes nothing", () => {
  const once = replaceSections(readme, inputsOnly("new"));
  expect(replaceSections(once, inputsOnly("new"))).toBe(once);
});

test("dollar signs in a section are not read as replacement patterns", () => {
  expect(replaceSections(readme, inputsOnly("$& $1 ${{ github.token }}"))).toContain(
    "\n\n$& $1 ${{ github.token }}\n\n",
  );
});

test("a README without a place for a table is refused by the marker's name", () => {
  expect(() => replaceSections(readme, { outputs: "new" })).toThrow("<!-- generated:outputs -->");
});

function inputsOnly(inputs: string): Record<string, string> {
  return { inputs };
}
