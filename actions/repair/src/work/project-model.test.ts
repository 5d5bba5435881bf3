import { describe, expect, test } from "vitest";
import { useCheckouts } from "../testing/checkout.ts";
import { runStep } from "../testing/run-step.ts";

const makeCheckout = useCheckouts();
const JS = { "package.json": '{"scripts":{"test":"echo js"}}', "cart.js": "1\n" };
const work = (
  files: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>>,
  more: object = {},
) => runStep(makeCheckout(files), { inputs, ...more });

test("what no test covers is named beside what ran", async () => {
  const { result } = await work(
    { ...JS, "shop.rb": "1\n" },
    { command: "echo 2 > shop.rb; echo 2 > cart.js" },
  );
  expect(result.checks.map(({ command }) => command)).toEqual(["npm test"]);
  expect(result.notes).toContain("tests ran: JavaScript; not tested: Ruby.");
});

describe("before the agent runs", () => {
  test("a program that nothing can bring is named with the action by which CI does", async () => {
    const workflow =
      "on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: erlef/setup-beam@v1\n      - run: mix test\n";
    const files = { "mix.exs": "", ".github/workflows/ci.yml": workflow };
    const { failure, result } = await work(files, { command: "echo 2 > a.ex" });
    expect(failure).toBe(
      "There is no `mix` here, so Elixir cannot be tested. CI brings it with `erlef/setup-beam@v1`: put the same step before this one.",
    );
    expect(result.calls).toEqual([]);
  });

  test("a part that cannot be tested is left out where another one can", async () => {
    const { failure, result } = await work({ ...JS, "mix.exs": "" }, { command: "echo 2 > cart.js" });
    expect([failure, result.checks.map(({ command }) => command)]).toEqual([undefined, ["npm test"]]);
    expect(result.notes[0]).toContain("There is no `mix` here");
  });

  test("a variable that holds a secret of the job is refused", async () => {
    const inputs = { command: "true", variables: "KEY=0123456789" };
    const { failure, result } = await work(JS, inputs, { secrets: ["0123456789"] });
    expect(failure).toContain("`variables` gives KEY the value of a secret");
    expect(result.calls).toEqual([]);
  });
});

test("plain variables reach setup, agent and tests", async () => {
  const inputs = {
    variables: "DATABASE_URL=postgres://localhost/x",
    "setup-command": 'test "$DATABASE_URL" = postgres://localhost/x',
    command: 'echo "$DATABASE_URL" > cart.js',
    "test-command": 'test "$(cat cart.js)" = "$DATABASE_URL"',
  };
  expect((await work(JS, inputs)).outputs.result).toBe("patch");
});
