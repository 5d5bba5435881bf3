/** Starts vitest on one file, which tries the mutants of the job that the only argument names. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";
import type { MutantJob } from "../play-mutants.ts";

declare module "vitest" {
  interface ProvidedContext {
    job: string;
  }
}

const path = process.argv[2] ?? "";
const job = JSON.parse(readFileSync(path, "utf8")) as MutantJob;
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const INSIDE = here("./");
const SHIM = here("./vitest-shim.ts");

const withoutQuery = (id: string): string => id.split("?")[0] ?? "";

/** Puts the changed code in the place of the files, and our register of tests in the place of vitest's. */
const switches = {
  name: "mutants",
  enforce: "pre" as const,
  load: (id: string) => job.code[withoutQuery(id)],
  // By text, since vitest resolves its own name before any plugin is asked.
  transform: (code: string, id: string) =>
    withoutQuery(id).startsWith(INSIDE) || withoutQuery(id).includes("/node_modules/")
      ? undefined
      : code.replaceAll('from "vitest"', `from ${JSON.stringify(SHIM)}`),
};

const vitest = await startVitest(
  [],
  {
    root: INSIDE,
    config: false,
    include: ["play.host.ts"],
    watch: false,
    // The store of modules does not know what our plugin makes of a file.
    fsModuleCache: false,
    pool: "threads",
    isolate: false,
    maxWorkers: 1,
    testTimeout: 0,
    hookTimeout: 0,
    silent: true,
    provide: { gitDraws: 5, histories: 40, job: path },
  },
  {
    plugins: [switches],
    resolve: { conditions: ["source"] },
    ssr: { resolve: { conditions: ["source", "node", "import", "default"] } },
    server: { fs: { strict: false } },
  },
);
await vitest.close();
process.exit(0);
