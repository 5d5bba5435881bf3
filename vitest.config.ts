import { defineConfig } from "vitest/config";

// The "source" condition makes tests run on the TypeScript sources: no build is needed first.
const source = {
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
};

declare module "vitest" {
  interface ProvidedContext {
    /** How often a property is tried that starts git for each draw. */
    gitDraws: number;
    /** How many random histories the account of issues, and the switch of the schedule, are looked at after. */
    histories: number;
    /** How many months, and how many relapses, are played in which GitHub loses events. */
    months: number;
    /** Whether a release is killed at both sides of each of its writes, or at one of them. */
    everyKill: boolean;
  }
}

/** A test ends by what it sees. These limits end only one that hangs: on a busy machine the slowest take minutes. */
const patient = { testTimeout: 600_000, hookTimeout: 600_000 };

/** `npm run record` writes down what the tests ask and put out. */
const recording = process.env["PATCHPILOT_RECORD"]
  ? { setupFiles: ["packages/rig/conformance/record/setup.ts"] }
  : {};

const WORKSPACES = ["packages/*", "packages/rig/*", "actions/*"];
const CONFORMANCE = "packages/rig/conformance/tests";
const RELEASES = "packages/build/test/releases/*.test.ts";
const GROWTH = "{actions,packages}/*/src/**/*.growth.test.ts";

export default defineConfig({
  test: {
    // Every core, and modules loaded once a worker: on two cores a third of the time of vitest's defaults.
    maxWorkers: "100%",
    projects: [
      {
        ...source,
        test: {
          ...recording,
          name: "unit",
          include: [
            ...WORKSPACES.map((folder) => `${folder}/src/**/*.test.ts`),
            `${CONFORMANCE}/{unit,clients}/**/*.test.ts`,
          ],
          exclude: [GROWTH],
          provide: { gitDraws: 5, histories: 40, months: 1, everyKill: false },
          isolate: false,
          ...patient,
        },
      },
      {
        ...source,
        test: {
          ...recording,
          name: "bundles",
          include: [
            ...WORKSPACES.map((folder) => `${folder}/test/**/*.test.ts`),
            `${CONFORMANCE}/bundles/**/*.test.ts`,
          ],
          exclude: [RELEASES],
          isolate: false,
          ...patient,
        },
      },
      {
        ...source,
        test: {
          name: "releases",
          include: [RELEASES, "packages/build/src/releasing/{publish/resume,promote/promote}.test.ts"],
          provide: { everyKill: true },
          ...patient,
        },
      },
      {
        ...source,
        test: {
          name: "properties",
          include: ["actions/propose/src/run.test.ts", "actions/repair/src/patch/gather-rules.test.ts"],
          provide: { gitDraws: 200 },
          testTimeout: 600_000,
        },
      },
      {
        ...source,
        test: {
          name: "histories",
          include: [`${CONFORMANCE}/unit/{account-histories,schedule-histories,month}.test.ts`],
          provide: { histories: 10_000, months: 100 },
          testTimeout: 7_200_000,
        },
      },
      {
        ...source,
        // One after the other: they are timed.
        test: { name: "growth", include: [GROWTH], fileParallelism: false, testTimeout: 60_000 },
      },
      {
        ...source,
        test: { name: "races", include: [`${CONFORMANCE}/races/**/*.test.ts`] },
      },
      {
        ...source,
        // One after the other: each fills both cores, and asks the registries.
        test: {
          name: "projects",
          include: [`${CONFORMANCE}/projects/*.test.ts`],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...source,
        // One browser, one file after the other: each looks at every page.
        test: {
          name: "page",
          include: ["packages/rig/demo/page-test/*.test.ts"],
          globalSetup: ["packages/rig/demo/page-test/support/require-chromium.ts"],
          fileParallelism: false,
          ...patient,
        },
      },
      {
        ...source,
        test: {
          name: "agents",
          include: [`${CONFORMANCE}/agents/**/*.test.ts`],
          globalSetup: [`${CONFORMANCE}/agents/support/install-agents.ts`],
          ...patient,
        },
      },
    ],
  },
});
