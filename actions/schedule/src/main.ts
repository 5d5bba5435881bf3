import { startAction } from "@patchpilot/connections/start";

await startAction({
  contract: () => import("./contract.ts"),
  connect: () => import("./connect.ts"),
  run: () => import("./run.ts"),
});
