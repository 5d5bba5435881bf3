import { expect, it } from "vitest";
import { createCommandAgent } from "./command.ts";
import { makeExit, makeTurn } from "./testing/agents.ts";

const agent = createCommandAgent("./repair.sh", "/scratch/prompt.md", {
  anthropic: undefined,
  openai: "sk-secret",
  model: undefined,
});

it("runs the user's line with bash, with the prompt's file and the keys that there are", () => {
  expect(agent.makeCall(makeTurn({ stage: "fix" }))).toEqual({
    command: "bash",
    args: ["-c", "./repair.sh"],
    env: {
      PATCHPILOT_PROMPT_FILE: "/scratch/prompt.md",
      PATCHPILOT_STAGE: "fix",
      OPENAI_API_KEY: "sk-secret",
    },
    stdin: "Repair the total.",
  });
});

it("is done with 0, and its cost is unknown", () => {
  expect(agent.readReport(makeExit("changed total.js\n"))).toMatchObject({
    ended: "done",
    text: "changed total.js",
    costUsd: null,
    session: undefined,
  });
});

it("crashed with any other status, in its own last words", () => {
  expect(
    agent.readReport(makeExit("", { code: 127, stderr: "bash: ./repair.sh: No such file\n" })).reason,
  ).toBe("The command ended with status 127. It last said: bash: ./repair.sh: No such file");
});

it("is told to have been stopped where its time was over", () => {
  expect(agent.readReport(makeExit("", { code: null, interrupted: "time" })).ended).toBe("timeout");
});
