// `npm run demo`, on any Node from 20 on. Older ones read this file, too: no syntax newer than Node 12's.
import { refuseMachine } from "./src/start/refuse-machine.mjs";

const { header = {} } = process.report ? process.report.getReport() : {};
const refusal = refuseMachine({
  node: process.versions.node,
  platform: process.platform,
  cpu: process.arch,
  isMusl: process.platform === "linux" && header.glibcVersionRuntime === undefined,
});
if (refusal === "") import("./src/start/start-demo.mjs");
else {
  console.error(refusal);
  process.exitCode = 1;
}
