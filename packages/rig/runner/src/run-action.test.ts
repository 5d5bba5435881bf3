import { describe, expect, it } from "vitest";
import type { BuiltInAction } from "./action/built-in-action.ts";
import type { StepRecord } from "./run/records.ts";
import { jobOf, printed, runOnce } from "./testing/run-for-test.ts";

const uses = (step: string): string => `
on: issues
jobs:
  only:
    runs-on: x
    env: {FROM_JOB: "1"}
    steps:
      - id: echo
        uses: acme/echo@v1
        ${step}
      - run: echo "\${{ steps.echo.outputs.text }}"
        if: always()
`;

/** What the fixture printed after a word. */
function said(step: StepRecord | undefined, word: string): string {
  return step?.log.find((line) => line.startsWith(word))?.slice(word.length + 1) ?? "";
}

describe("a node24 action", () => {
  it("gets its inputs as INPUT_* in upper case, hyphens kept, with defaults from expressions", async () => {
    const job = jobOf(await runOnce(uses("with: {Two Words: given}")));
    expect(JSON.parse(said(job.steps[1], "INPUTS"))).toEqual({
      "INPUT_FULL-NAME": "acme/shop",
      INPUT_FAIL: "false",
      INPUT_OLD: "",
      INPUT_TWO_WORDS: "given",
    });
  });

  it("runs pre first, main in its place, post last, and passes state between them", async () => {
    const job = jobOf(await runOnce(uses("name: Say")));
    expect(job.steps.map((step) => step.name)).toEqual(["Pre Say", "Say", 'Run echo "first', "Post Say"]);
    expect(said(job.steps[1], "STATE")).toBe("1");
    expect(printed(job).at(-1)).toBe("post after main: yes");
  });

  it("gives outputs of several lines, a summary and annotations to the job", async () => {
    const job = jobOf(await runOnce(uses("name: Say")));
    expect(job.steps[1]).toMatchObject({
      outputs: { text: "first\nsecond" },
      summary: "# Echo\n",
      annotations: [
        { level: "warning", message: "first\nsecond", title: "Careful", file: "app.ts", line: 3 },
      ],
    });
    expect(printed(job)).toContain("second");
  });

  it("runs with a clean environment: GitHub's variables, the workflow's env, inputs and state", async () => {
    const job = jobOf(await runOnce(uses("name: Say"), { secrets: { KEY: "hidden" } }));
    const names = said(job.steps[1], "VARIABLES").split(" ");
    const expected = /^(CI|FROM_JOB|HOME|LANG|PATH|GITHUB_\w+|RUNNER_\w+|INPUT_[\w-]+|STATE_[\w-]+)$/;
    expect(names.filter((name) => !expected.test(name))).toEqual([]);
    expect(names).not.toContain("GITHUB_TOKEN");
  });

  it("fails with its exit code; post still runs", async () => {
    const job = jobOf(await runOnce(uses("with: {fail: true}")));
    expect(job.steps.map((step) => step.conclusion)).toEqual(["success", "failure", "success", "success"]);
    expect(job.conclusion).toBe("failure");
  });

  it("does not run the post of a step that was skipped", async () => {
    const job = jobOf(await runOnce(uses("if: false")));
    expect(job.steps.map((step) => step.name)).not.toContain("Post Run acme/echo@v1");
  });

  it("warns of inputs that the action does not declare and of deprecated ones", async () => {
    const job = jobOf(await runOnce(uses("with: {old: x, typo: y}")));
    expect(job.steps[1]?.annotations.map((annotation) => annotation.message)).toEqual([
      "Unexpected input(s) 'typo', valid inputs are ['full-name', 'two words', 'old', 'fail']",
      "Input 'old' has been deprecated with message: use full-name",
      "first\nsecond",
    ]);
  });

  it("is named in the job's error where its folder holds no action.yml", async () => {
    const job = jobOf(await runOnce(uses("name: Say"), { actions: { "acme/echo@v1": "/nowhere" } }));
    expect(job.annotations[0]?.message).toContain("The action in /nowhere cannot be read");
  });
});

describe("a function in place of an action", () => {
  const shout: BuiltInAction = {
    inputs: { text: "", mark: "!" },
    run: async ({ inputs, log, setOutput }) => {
      log(`::notice::${inputs["text"]}`);
      setOutput("text", `${inputs["text"]}${inputs["mark"]}`);
    },
  };

  it("gets inputs with defaults, logs and sets outputs, and the log calls it a stand-in", async () => {
    const job = jobOf(await runOnce(uses("with: {text: hey}"), { actions: { "acme/echo": shout } }));
    expect(job.steps[0]).toMatchObject({ outputs: { text: "hey!" }, annotations: [{ message: "hey" }] });
    expect(job.steps[0]?.log).toContain("A stand-in of this runner takes the place of acme/echo@v1.");
  });

  it("refuses inputs that it does not know, by name", async () => {
    const job = jobOf(await runOnce(uses("with: {loud: yes}"), { actions: { "acme/echo": shout } }));
    expect(job.steps[0]?.annotations[0]?.message).toBe(
      "The stand-in for acme/echo@v1 does not know the input loud.",
    );
  });
});

describe("workflow commands", () => {
  const script = (body: string): string => `
on: issues
jobs:
  only:
    runs-on: x
    steps:
      - run: |
          ${body.split("\n").join("\n          ")}
      - run: echo next
`;

  it("masks what add-mask names, from there on and in later steps", async () => {
    const run = await runOnce(
      script("echo early\necho ::add-mask::early\necho early").replace("echo next", "echo so early"),
    );
    expect(printed(jobOf(run))).toEqual(["early", "***", "so ***"]);
  });

  it("takes commands for text between stop-commands and its token", async () => {
    const run = await runOnce(
      script("echo ::stop-commands::xyz\necho ::warning::no\necho ::xyz::\necho ::warning::yes"),
    );
    const [step] = jobOf(run).steps;
    expect(step?.annotations.map((annotation) => annotation.message)).toEqual(["yes"]);
    expect(step?.log).toContain("::warning::no");
  });

  it("shows groups, and no debug lines", async () => {
    const run = await runOnce(script("echo ::group::G\necho ::debug::d\necho ::endgroup::"));
    expect(jobOf(run).steps[0]?.log.slice(-2)).toEqual(["##[group]G", "##[endgroup]"]);
  });

  it.each(["set-output name=a", "save-state name=a", "set-env name=a", "add-path", "add-matcher"])(
    "fails the step for the retired or unsupported `%s`, by name",
    async (command) => {
      const [step] = jobOf(await runOnce(script(`echo "::${command}::x"`))).steps;
      expect(step?.outcome).toBe("failure");
      expect(step?.annotations[0]?.message).toContain(`\`${command.split(" ")[0]}\``);
    },
  );
});
