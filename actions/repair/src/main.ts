import { hideEnvironment, loadReport, runAction } from "@patchpilot/action-kit";
import { useProxy } from "@patchpilot/http";

// Before anything else: the job's keys and tokens are not for what the agent can read.
hideEnvironment();
// Node answers this signal with a debugger for every process of the machine.
process.on("SIGUSR1", () => {});
await runAction({
  // Nothing of the action's is loaded once the agent runs, who can write to its files.
  prepare: (variables) => Promise.all([useProxy(variables), loadReport()]),
  contract: async () => (await import("./contract.ts")).contract,
  connect: async (inputs, job) => (await import("./connect.ts")).connect(inputs, job),
  run: async (inputs, ports) => (await import("./run.ts")).run(inputs, ports),
});
