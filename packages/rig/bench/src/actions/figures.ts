import type { StartComparison } from "../cold-start/compare-starts.ts";
import type { ScenarioMeasurement } from "./measure-scenario.ts";
import type { BenchScenario } from "./scenario.ts";
import { BENCH_PROVIDERS, type Provider } from "./stage.ts";

/** One line of the report. A figure above its target is `over`; figures without one are only told. */
export type Figure = {
  readonly subject: string;
  readonly what: string;
  readonly unit: "requests" | "runs" | "ms" | "bytes" | "times" | "minutes";
  readonly value: number;
  readonly target: number | null;
  /** Whether being over it fails the bench: times depend on the machine. */
  readonly binding: boolean;
};

export const isOver = ({ value, target }: Figure): boolean => target !== null && value > target;

/** An empty Node that notes its memory takes 47 MB, and 50 MB once it has asked anything by its HTTP client. */
const MOST_BYTES = 120_000_000;
const WALL_TARGET_MS = 2_000;
const WALL_TARGET_LATENCY_MS = 50;

/** Figures of one scenario, over its latencies and modes. */
export function makeFigures(scenario: BenchScenario, measured: readonly ScenarioMeasurement[]): Figure[] {
  const requests = BENCH_PROVIDERS.flatMap((provider) => requestFigure(scenario, provider, measured));
  const together = togetherFigure(scenario, measured);
  const walls = measured.flatMap((each) => wallFigures(scenario, each));
  return [...requests, ...together, ...walls, ...memoryFigure(scenario, measured)];
}

function wallFigures(
  { name: subject, mostWallMs = WALL_TARGET_MS }: BenchScenario,
  { mode, latencyMs, runs, wallMs, answeredMs }: ScenarioMeasurement,
): Figure[] {
  const isTargeted = mode === "unpaced" && latencyMs === WALL_TARGET_LATENCY_MS;
  const what = `wall, ${mode === "unpaced" ? "without" : "with"} pacing, ${latencyMs} ms a reply`;
  const told = { subject, unit: "ms", target: null, binding: false } as const;
  const together: Figure = { ...told, what: "of that: runs", unit: "runs", value: runs };
  if (!isTargeted) return [{ ...told, what, value: wallMs }, ...(runs > 1 ? [together] : [])];
  return [
    { ...told, what, value: wallMs, target: mostWallMs },
    { ...told, what: "of it in the simulators", value: answeredMs },
  ];
}

/** Of what was done in one run: a second one asks some of it again. */
function findMost(
  measured: readonly ScenarioMeasurement[],
  count: (requests: ScenarioMeasurement["requests"]) => number,
): number {
  const single = measured.filter(({ runs }) => runs === 1);
  return Math.max(0, ...single.map(({ requests }) => count(requests)));
}

function requestFigure(
  scenario: BenchScenario,
  provider: Provider,
  measured: readonly ScenarioMeasurement[],
): Figure[] {
  const target = scenario.most[provider] ?? null;
  const value = findMost(measured, (requests) => requests[provider]);
  if (value === 0 && target === null) return [];
  return [
    { subject: scenario.name, what: `${provider} requests`, unit: "requests", value, target, binding: true },
  ];
}

function togetherFigure(
  { name: subject, mostTogether: target }: BenchScenario,
  measured: readonly ScenarioMeasurement[],
): Figure[] {
  if (target === undefined) return [];
  const value = findMost(measured, (requests) =>
    Object.values(requests).reduce((sum, each) => sum + each, 0),
  );
  return [{ subject, what: "requests of all together", unit: "requests", value, target, binding: true }];
}

/** Sources bring a loader with them, so only bundles tell what an action takes. */
function memoryFigure(scenario: BenchScenario, measured: readonly ScenarioMeasurement[]): Figure[] {
  const bundles = measured.filter(({ mode }) => mode === "bundle");
  if (bundles.length === 0) return [];
  const value = Math.max(...bundles.map(({ peakBytes }) => peakBytes));
  const target = scenario.mostBytes ?? MOST_BYTES;
  return [{ subject: scenario.name, what: "peak memory", unit: "bytes", value, target, binding: true }];
}

/** Start and size of each bundle. */
export function startFigures(
  { actions }: StartComparison,
  most: { readonly ratio: number; readonly bytes: number },
): Figure[] {
  return actions.flatMap(({ action, ratio, scriptBytes }): Figure[] => [
    {
      subject: `bundle ${action}`,
      what: "start to first request, of an empty Node process",
      unit: "times",
      value: ratio,
      target: most.ratio,
      binding: false,
    },
    {
      subject: `bundle ${action}`,
      what: "size of all scripts",
      unit: "bytes",
      value: scriptBytes,
      target: most.bytes,
      binding: true,
    },
  ]);
}
