import { runAction } from "@patchpilot/action-kit";
import { configuration } from "@patchpilot/github/configuration";
import { useProxy } from "@patchpilot/http";
import { contract } from "./contract.ts";

// The first request needs neither `connect` nor `run`, so both are loaded after it.
await runAction({
  contract,
  configuration,
  prepare: useProxy,
  connect: async (inputs, job) => (await import("./ports.ts")).connect(inputs, job),
  run: async (inputs, ports) => (await import("./run.ts")).run(inputs, ports),
});
