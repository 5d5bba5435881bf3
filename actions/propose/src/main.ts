import { runAction } from "@patchpilot/action-kit";
import { configuration } from "@patchpilot/github/configuration";
import { useProxy } from "@patchpilot/http";

// The first request needs nothing of these, so they are loaded while it is under way.
await runAction({
  configuration,
  prepare: useProxy,
  contract: async () => (await import("./contract.ts")).contract,
  connect: async (inputs, job) => (await import("./connect.ts")).connect(inputs, job),
  run: async (inputs, ports) => (await import("./run.ts")).run(inputs, ports),
});
