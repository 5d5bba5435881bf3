import { runAction } from "@patchpilot/action-kit";

await runAction({
  contract: async () => (await import("./contract.ts")).contract,
  connect: async (inputs, job) => (await import("./ports.ts")).connect(inputs, job),
  run: async (inputs, ports) => (await import("./run.ts")).run(inputs, ports),
});
