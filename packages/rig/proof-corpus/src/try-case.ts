import { readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { type ProvenChange, proveChange } from "@patchpilot/action-repair/proof/prove-change";
import type { ReportedException } from "@patchpilot/incident";
import type { Case } from "./case.ts";
import type { Runner } from "./install-runner.ts";

/** Milliseconds for one command of a case. */
const TIMEOUT = 5 * 60_000;

/** Judges the change of a case, as `verify` would. */
export async function tryCase(one: Case, runner: Runner): Promise<ProvenChange> {
  const path = [runner.path, dirname(process.execPath), process.env["PATH"]].filter(Boolean).join(delimiter);
  return proveChange({
    base: join(one.folder, "base"),
    patch: await readFile(join(one.folder, "change.patch")),
    production: listExceptions(one),
    runner: { test: runner.test, ...(runner.setup === undefined ? {} : { setup: runner.setup }) },
    env: { ...homes(), PATH: path, CI: "true" },
    timeout: TIMEOUT,
  });
}

/** Production's exceptions as the incident holds them: the one that was raised first, and in each the crash first. */
function listExceptions({ production }: Case): ReportedException[] {
  return production.exceptions.toReversed().map(({ type, value, frames }) => ({
    type,
    value: value ?? "",
    frames: frames.toReversed().map(({ file, function: name, line }) => ({ file, function: name, line })),
  }));
}

/** Where toolchains have their homes and caches. */
function homes(): Record<string, string> {
  const names = [
    "HOME",
    "GOPATH",
    "GOCACHE",
    "GOPROXY",
    "CARGO_HOME",
    "RUSTUP_HOME",
    "JAVA_HOME",
    "PYENV_ROOT",
    "LANG",
  ];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
