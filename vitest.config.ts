import { defineConfig } from "vitest/config";

// The "source" condition makes tests run on the TypeScript sources: no build is needed first.
const source = {
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", "actions/*/src/**/*.test.ts"],
          server: { deps: { inline: [/@actions\//] } },
        },
      },
      {
        ...source,
        test: {
          name: "bundles",
          include: ["packages/*/test/**/*.test.ts", "actions/*/test/**/*.test.ts"],
          server: { deps: { inline: [/@actions\//] } },
          testTimeout: 60_000,
        },
      },
      {
        ...source,
        test: { name: "races", include: ["packages/conformance/races/**/*.test.ts"] },
      },
    ],
  },
});
