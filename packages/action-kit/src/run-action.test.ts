import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { InputsOf, Outcome } from "./contract.ts";
import { type Action, runAction } from "./run-action.ts";
import { everyInput } from "./testing/every-input.ts";
import { type Runner, startRunner } from "./testing/runner.ts";

type Contract = typeof everyInput;

let runner: Runner;
beforeAll(() => {
  runner = startRunner({ RUNNER_TEMP: "" });
});
beforeEach(() => runner.clear());
const given: string[] = [];
afterEach(() => {
  for (const name of given.splice(0)) delete process.env[name];
});
afterAll(() => runner.remove());

function give(name: string, value: string): void {
  const variable = `INPUT_${name.toUpperCase()}`;
  given.push(variable);
  process.env[variable] = value;
}

const done: Outcome<Contract> = { outputs: { count: 1 }, lines: [], summary: "" };
function action(changes: Partial<Action<Contract, undefined>> = {}) {
  const run = vi.fn(async (_inputs: InputsOf<Contract>) => done);
  return { run, action: { contract: async () => everyInput, connect: () => undefined, run, ...changes } };
}
const configuredBy = (text: string) => ({ configuration: () => async () => text });

describe("an action", () => {
  it("runs with its parsed inputs and sets its outputs", async () => {
    give("limit", "7");
    const { run, action: it } = action();
    await runAction(it);
    expect(run.mock.lastCall?.[0]).toMatchObject({ limit: 7, mode: "safe" });
    expect(runner.outputs()).toMatch(/count<<.*\n1\n/);
  });

  it("masks its secrets before anything else is written", async () => {
    give("state-key", "hunter2-hunter2");
    const { action: it } = action({
      run: async () => ({ ...done, lines: [{ level: "info", text: "begun" }] }),
    });
    await runAction(it);
    expect(runner.log()).toBe("::add-mask::hunter2-hunter2\nbegun\n");
  });

  it("does not run with wrong inputs", async () => {
    give("limit", "x");
    const { run, action: it } = action();
    await runAction(it);
    expect(run).not.toHaveBeenCalled();
    expect(process.exitCode).toBe(1);
  });

  it("tells the faults of `with:` and of the configuration file at once", async () => {
    give("limit", "x");
    await runAction(action(configuredBy("draft: maybe\n")).action);
    expect(runner.log()).toMatch(/^::error::2 inputs are wrong\. .*`draft`.*\n$/);
  });

  it("does not run with an input that it does not have, and masks its secrets before it says so", async () => {
    give("state-key", "hunter2-hunter2");
    give("stpo", "hunter2-hunter2");
    const { run, action: it } = action(configuredBy("lmit: 7\n"));
    await runAction(it);
    expect(run).not.toHaveBeenCalled();
    expect(runner.log()).toMatch(
      /^::add-mask::hunter2-hunter2\n::error::2 inputs are wrong\. `stpo` under .*`stop`\. `lmit` in .*`limit`\.\n$/,
    );
    expect(process.exitCode).toBe(1);
  });

  it("takes the section of the configuration file that has its name", async () => {
    const { run, action: it } = action(
      configuredBy("limit: 7\nevery-input:\n  limit: 8\nother:\n  limit: 9\n"),
    );
    await runAction(it);
    expect(run.mock.lastCall?.[0]).toMatchObject({ limit: 8 });
  });

  it("tells the faults of `with:` although the configuration file cannot be read", async () => {
    give("limit", "x");
    const configuration = () => () => Promise.reject(new Error("GitHub could not be reached."));
    await runAction(action({ configuration }).action);
    expect(runner.log()).toMatch(/^::error::One input is wrong\. Input `limit`.*\n$/);
  });

  it("asks for the configuration file before its contract is loaded", async () => {
    const order: string[] = [];
    const configuration = () => async () => {
      order.push("file");
      return "";
    };
    const contract = async () => {
      order.push("contract");
      return everyInput;
    };
    await runAction(action({ configuration, contract }).action);
    expect(order).toEqual(["file", "contract"]);
  });

  it("asks for the file of each repository that the steps of a job name", async () => {
    vi.stubEnv("RUNNER_TEMP", runner.folder);
    const asked: string[] = [];
    const configuration: Action<Contract, undefined>["configuration"] =
      ({ repository }) =>
      async () => {
        asked.push(repository);
        return "";
      };
    for (const repository of ["acme/shop", "acme/incidents", "acme/shop"]) {
      give("repository", repository);
      await runAction(action({ configuration }).action);
    }
    vi.stubEnv("RUNNER_TEMP", "");
    expect(asked).toEqual(["acme/shop", "acme/incidents"]);
  });

  it("fails where only the configuration file cannot be read", async () => {
    const configuration = () => () => Promise.reject(new Error("GitHub could not be reached."));
    const { run, action: it } = action({ configuration });
    await runAction(it);
    expect(run).not.toHaveBeenCalled();
    expect(runner.log()).toBe("::error::GitHub could not be reached.\n");
  });

  it("hides secrets in what is thrown", async () => {
    give("state-key", "hunter2-hunter2");
    const { action: it } = action({ run: () => Promise.reject(new Error("bad key hunter2-hunter2")) });
    await runAction(it);
    expect(runner.log()).toContain("::error::bad key ***\n");
  });
});
