import { runAction } from "@patchpilot/action-kit";
import { configuration } from "./connecting/configuration.ts";
import { contract } from "./contract.ts";

// The first request needs neither, so both are loaded after it.
await runAction({
  contract,
  configuration,
  connect: async (inputs, job) => (await import("./connecting/connect.ts")).connect(inputs, job),
  run: async (inputs, ports) => (await import("./run.ts")).run(inputs, ports),
});
