import { type Hook, type RegisteredTest, register, type Suite } from "./register.ts";

/** What the switched code looks at; the names are Stryker's. */
export interface Switch {
  activeMutant: string | undefined;
  currentTestId: string | undefined;
  hitCount: number | undefined;
  hitLimit: number;
  mutantCoverage: { static: MutantHits; perTest: Record<string, MutantHits> };
}
/** How often code was run, by mutant. */
export type MutantHits = Record<string, number>;

const home = globalThis as { __stryker__?: Switch };
home.__stryker__ ??= {
  activeMutant: undefined,
  currentTestId: undefined,
  hitCount: undefined,
  hitLimit: Number.POSITIVE_INFINITY,
  mutantCoverage: { static: {}, perTest: {} },
};
export const SWITCH: Switch = home.__stryker__;

/** A loop that runs so much more often than without the change does not end. */
const HIT_FACTOR = 100;
const HIT_SLACK = 10_000;

/** Turns a mutant on, or with undefined every one off; `hits` is how often its code runs unchanged. */
export function turnOn(id: string | undefined, hits = 0): void {
  SWITCH.activeMutant = id;
  SWITCH.currentTestId = undefined;
  SWITCH.hitCount = id === undefined ? undefined : 0;
  SWITCH.hitLimit = hits * HIT_FACTOR + HIT_SLACK;
}

// Tests put other clocks in the place of these.
const later = setTimeout;
const never = clearTimeout;

export type TrialEnd = "passed" | "failed" | "hung";

/** Runs a test with its hooks; it hangs if it has not ended after `limit` milliseconds. */
export async function runTest({ run, suite }: RegisteredTest, limit: number): Promise<TrialEnd> {
  register().atEnd = [];
  const outcome = await within(limit, async () => {
    for (const hook of outermostFirst(suite, "beforeEach")) await hook();
    await run();
  });
  const ending = await within(limit, async () => {
    for (const hook of outermostFirst(suite, "afterEach").reverse()) await hook();
    for (const hook of register().atEnd.reverse()) await hook();
  });
  return outcome === "passed" ? ending : outcome;
}

async function within(limit: number, act: () => Promise<void>): Promise<TrialEnd> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hung = new Promise<TrialEnd>((resolve) => {
    timer = later(() => resolve("hung"), limit);
  });
  const acted = act().then(
    (): TrialEnd => "passed",
    (): TrialEnd => "failed",
  );
  const outcome = await Promise.race([acted, hung]);
  never(timer);
  return outcome;
}

function outermostFirst(suite: Suite | undefined, kind: "beforeEach" | "afterEach"): Hook[] {
  return suite === undefined ? [] : [...outermostFirst(suite.parent, kind), ...suite.hooks[kind]];
}
