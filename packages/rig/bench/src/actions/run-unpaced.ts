/**
 * `node run-unpaced.ts ACTION`: runs an action from its sources in the environment that a runner gives, with writes
 * that wait for no tokens, and notes its time. GitHub is opened once for each token in a process, so that whoever
 * opens it first says how it is paced.
 */
import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { inputVariable } from "@patchpilot/action-kit/contract";
import { openGitHub } from "@patchpilot/github";
import { unpaced } from "@patchpilot/http";

const [action = ""] = process.argv.slice(2);
const sources = new URL(`../../../../../actions/${action}/src/`, import.meta.url);
const apiUrl = process.env["GITHUB_API_URL"] ?? "";
openGitHub(
  {
    token: process.env[inputVariable("github-token")],
    apiUrl,
    graphqlUrl: process.env["GITHUB_GRAPHQL_URL"] ?? "",
    secrets: {},
  },
  { pacing: unpaced },
);
// Loaded here, so that reading and stripping sources is not taken for work of the action. The report's library brings
// undici with it, of which bundles hold nothing.
await Promise.all([
  import("@patchpilot/github/configuration"),
  import("@patchpilot/action-kit").then(({ loadReport }) => loadReport()),
]);
for (const file of ["contract.ts", "connect.ts", "run.ts"]) await import(new URL(file, sources).href);
const begun = performance.now();
await import(new URL("main.ts", sources).href);
const wallMs = performance.now() - begun;
writeFileSync(process.env["BENCH_FIGURES"] ?? "", JSON.stringify({ wallMs }));
