import { expect, test } from "vitest";
import { type Figure, isOver, makeFigures } from "./figures.ts";
import type { ScenarioMeasurement } from "./measure-scenario.ts";
import type { BenchScenario } from "./scenario.ts";
import { eachProvider } from "./stage.ts";

const scenario: BenchScenario = {
  name: "work",
  actions: ["dispatch"],
  inputs: () => ({}),
  prepare: () => ({ leftUndone: () => undefined }),
  most: { github: 3 },
};

const measured = (
  change: Partial<ScenarioMeasurement> & { readonly github?: number },
): ScenarioMeasurement => ({
  scenario: "work",
  mode: "bundle",
  latencyMs: 0,
  runs: 1,
  requests: eachProvider((provider) => (provider === "github" ? (change.github ?? 0) : 0)),
  operations: eachProvider(() => ({})),
  wallMs: 1,
  answeredMs: 1,
  peakBytes: 1,
  ...change,
});

const find = (figures: readonly Figure[], what: string) => figures.find((figure) => figure.what === what);

test("requests count as the most that any run asked", () => {
  const figures = makeFigures(scenario, [measured({ github: 2 }), measured({ github: 4 })]);
  expect(find(figures, "github requests")).toMatchObject({ value: 4, target: 3, binding: true });
});

test("requests of work that took a second run do not count, and the runs are told", () => {
  const figures = makeFigures(scenario, [measured({ github: 2 }), measured({ github: 9, runs: 2 })]);
  expect(find(figures, "github requests")).toMatchObject({ value: 2 });
  expect(find(figures, "of that: runs")).toMatchObject({ value: 2, target: null });
});

test("a provider that nobody asks and that has no target is not told", () => {
  expect(find(makeFigures(scenario, [measured({})]), "sentry requests")).toBeUndefined();
});

test("the wall has its target where writes are not paced and replies take 50 ms", () => {
  const runs = [measured({ mode: "unpaced", latencyMs: 50 }), measured({ mode: "unpaced", latencyMs: 0 })];
  const targets = makeFigures(scenario, runs)
    .filter(({ what }) => what.startsWith("wall"))
    .map(({ target }) => target);
  expect(targets).toEqual([2_000, null]);
});

test("memory is a bundle's", () => {
  const runs = [measured({ peakBytes: 5 }), measured({ mode: "unpaced", peakBytes: 9 })];
  expect(find(makeFigures(scenario, runs), "peak memory")).toMatchObject({ value: 5, target: 120_000_000 });
});

test("requests of all services together and memory have their targets where a scenario promises them", () => {
  const promising = { ...scenario, mostTogether: 3, mostBytes: 4 };
  const figures = makeFigures(promising, [measured({ github: 4, peakBytes: 5 })]);
  expect(find(figures, "requests of all together")).toMatchObject({ value: 4, target: 3, binding: true });
  expect(find(figures, "peak memory")).toMatchObject({ value: 5, target: 4, binding: true });
  expect(find(makeFigures(scenario, [measured({})]), "requests of all together")).toBeUndefined();
});

test("a figure at its target is not over it, and one without a target never is", () => {
  const figure: Figure = { subject: "", what: "", unit: "ms", value: 3, target: 3, binding: true };
  expect([isOver(figure), isOver({ ...figure, value: 4 }), isOver({ ...figure, target: null })]).toEqual([
    false,
    true,
    false,
  ]);
});
