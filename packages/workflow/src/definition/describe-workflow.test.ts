import { expect, it } from "vitest";
import { describeWorkflow } from "./describe-workflow.ts";

it("says what every job may do, what it runs and what its expressions name", async () => {
  const { permissions, names, jobs } = await describeWorkflow(`
on: workflow_call
permissions: {}
env: {A: "\${{ vars.A }}"}
jobs:
  work:
    if: github.event_name == 'issues'
    runs-on: x
    permissions: {contents: read}
    env: {K: "\${{ secrets['MODEL_KEY'] }}"}
    steps:
      - {id: s, uses: acme/tool@v1, with: {text: "a \${{ steps.s.outputs.b }}", all: "\${{ toJSON(secrets) }}"}}
      - {name: "\${{ env.K }}", run: "echo \${{ secrets[vars.NAME] }}"}
  more: {needs: work, uses: ./.github/workflows/x.yml, secrets: inherit}
`);
  expect([permissions, names]).toEqual([{}, ["vars.a"]]);
  expect(jobs).toMatchObject([
    {
      id: "work",
      needs: [],
      condition: "success() && (github.event_name == 'issues')",
      permissions: { contents: "read" },
      uses: undefined,
      steps: [
        { id: "s", uses: "acme/tool@v1", names: ["steps.s.outputs.b", "secrets"] },
        {
          uses: undefined,
          names: ["env.k", "secrets.*", "vars.name"],
          scriptNames: ["secrets.*", "vars.name"],
        },
      ],
    },
    { id: "more", needs: ["work"], uses: "./.github/workflows/x.yml", secrets: "inherit", steps: [] },
  ]);
  expect(jobs[0]?.names).toEqual(
    expect.arrayContaining(["github.event_name", "secrets.model_key", "secrets", "secrets.*"]),
  );
});
