import { defineConfig } from "vitest/config";

// The "source" condition makes tests run on the TypeScript sources: no build is needed first.
const source = {
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
};

export default defineConfig({
  test: {
    // Every core, and modules loaded once a worker: on two cores a third of the time of vitest's defaults.
    maxWorkers: "100%",
    projects: [
      {
        ...source,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "actions/*/src/**/*.test.ts"],
          isolate: false,
          // A test ends by what it sees, not by the clock: on a busy machine the slowest take longer than the default.
          testTimeout: 60_000,
        },
      },
      {
        ...source,
        test: {
          name: "bundles",
          include: ["packages/*/test/**/*.test.ts", "actions/*/test/**/*.test.ts"],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        ...source,
        test: { name: "races", include: ["packages/conformance/races/**/*.test.ts"] },
      },
      {
        ...source,
        test: {
          name: "agents",
          include: ["packages/conformance/agents/**/*.test.ts"],
          globalSetup: ["packages/conformance/agents/support/install-agents.ts"],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
