import { join } from "node:path";
import type { Contract } from "@patchpilot/action-kit";
import { describeInputs } from "@patchpilot/build/describe-contract";
import { loadContract } from "@patchpilot/build/load-contract";
import { actionFolders, REPOSITORY } from "@patchpilot/build/repository";
import { expect, test } from "vitest";
import { openRepairJob } from "./support/repair-job.ts";
import { type BundleRun, readAnnotations, runBundle } from "./support/run-bundle.ts";
import { accepted, type BundleStage, SUBJECTS } from "./support/stages.ts";

type Inputs = Readonly<Record<string, string>>;

/** A run that passes few inputs, and whether it ended before it had asked or run anything. */
type LeanRun = { readonly inputs: Inputs; readonly turnedAway: boolean; readonly said: string };

/** What a run differs in from its stage's, and what `.github/patchpilot.yml` says. */
type Lean = (stage: BundleStage) => BundleRun & { readonly inputs: Inputs; readonly file?: string };

const pick = ({ run }: BundleStage, ...names: readonly string[]): Inputs =>
  Object.fromEntries(names.map((name) => [name, run.inputs?.[name] ?? ""]));

/** Runs that leave out, between them, whatever their action can do without. Those of other actions pass nothing. */
const LEAN: Readonly<Record<string, readonly Lean[]>> = {
  "perf-scan": [
    (stage) => ({
      inputs: pick(stage, "sentry-token"),
      file: `sentry-url: ${stage.run.inputs?.["sentry-url"]}\nsentry-org: acme\nsentry-projects: shop\n`,
    }),
  ],
  propose: [
    (stage) => ({ inputs: { ...pick(stage, "key", "base-sha", "branch"), stop: "true" } }),
    (stage) => ({ inputs: pick(stage, "patch"), event: {} }),
  ],
};

const leanRuns = (action: string): readonly Lean[] => LEAN[action] ?? [() => ({ inputs: {} })];

/** @param dropped an input that it does not pass */
async function runLean(contract: Contract, lean: Lean, dropped?: string): Promise<LeanRun> {
  const stage = await (SUBJECTS[contract.name]?.prepare() ?? accepted());
  const { file = "", ...run } = lean(stage);
  const maya = stage.world.world.as("maya");
  maya.push({ branch: "main", message: "Configure", files: { ".github/patchpilot.yml": file } });
  const before = stage.world.simulator.requests.length;
  const inputs = without(run.inputs, dropped);
  const step = await runBundle(stage.world, contract, { ...stage.run, ...run, inputs });
  await stage.close?.();
  const asked = stage.world.simulator.requests.slice(before).map(({ operation }) => operation);
  const turnedAway =
    step.outcome === "failure" && asked.every((operation) => operation === "repos/get-content");
  return { inputs, turnedAway, said: readAnnotations(step, "error").join("\n") };
}

const without = (inputs: Inputs, dropped?: string): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== dropped));

/** `repair` asks nobody. Its job has a prompt in a file unless the run says otherwise; an empty input is an absent one. */
async function runRepair(given: Inputs): Promise<LeanRun> {
  const job = openRepairJob({ "cart.js": "broken\n" });
  const asGiven = { agent: "", sandbox: "", "base-sha": "", ...given };
  const { code, log } = await job.run(asGiven);
  job.remove();
  const passed = Object.entries({ "prompt-file": "prompt.md", ...asGiven }).filter(
    ([, value]) => value !== "",
  );
  return { inputs: Object.fromEntries(passed), turnedAway: code !== 0, said: log };
}

const runAll = (contract: Contract): Promise<readonly LeanRun[]> =>
  contract.name === "repair"
    ? Promise.all([
        runRepair({ "prompt-file": "", prompt: "Mend it.", stop: "true" }),
        runRepair({ agent: "command", command: "true", sandbox: "process", "test-command": "true" }),
      ])
    : Promise.all(leanRuns(contract.name).map((lean) => runLean(contract, lean)));

const contracts = await Promise.all(actionFolders().map((folder) => loadContract(folder)));
const marked = contracts.flatMap((contract) =>
  describeInputs(contract)
    .filter(({ required }) => required)
    .map((input) => [contract.name, input.name] as const),
);

test.concurrent.each(contracts.map((contract) => [contract.name, contract] as const))(
  "%s does without every input that it does not mark as required",
  async (_, contract) => {
    const runs = await runAll(contract);
    expect(runs.filter(({ turnedAway }) => turnedAway)).toEqual([]);
    const optional = describeInputs(contract).filter(({ required }) => !required);
    expect(optional.filter(({ name }) => runs.every(({ inputs }) => name in inputs))).toEqual([]);
  },
);

test.concurrent.each(marked)(
  "%s names `%s` if it is missing, before it asks for more than its settings",
  async (action, name) => {
    const contract = await loadContract(join(REPOSITORY, "actions", action));
    const { turnedAway, said } = await runLean(contract, leanRuns(action)[0] as Lean, name);
    expect([turnedAway, said]).toEqual([
      true,
      expect.stringMatching(new RegExp(`^One input is wrong\\. Input \`${name}\` is missing.*; .*\\.$`)),
    ]);
  },
);

test("only a performance scan has an input that it cannot do without", () => {
  expect(marked).toEqual([["perf-scan", "sentry-token"]]);
});
