import { startAction } from "@patchpilot/connections/start";

await startAction({
  contract: () => import("./contract.ts"),
  connect: () => import("./ports.ts"),
  run: () => import("./run.ts"),
});
