import { runAction } from "@patchpilot/action-kit";
import { contract } from "./contract.ts";
import { configuration, connect } from "./ports.ts";
import { run } from "./run.ts";

await runAction({ contract, run, connect, configuration });
