/**
 * Writes down what every test asks of the simulators and what every step of a workflow puts out: one line of JSON each,
 * one file for each worker. `record.ts` starts it and compares two such folders.
 */
import { channel, subscribe } from "node:diagnostics_channel";
import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { StepRecord } from "@patchpilot/runner";
import { normalise } from "./normalise.ts";

const folder = process.env["PATCHPILOT_RECORD"] ?? "";
mkdirSync(folder, { recursive: true });

type Exchange = {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly status: number;
};

// A worker runs this before each of its files of tests.
if (!channel("patchpilot.run").hasSubscribers) {
  subscribe("patchpilot.exchange", (message) => {
    const { method, url, body, status } = message as Exchange;
    write({ request: `${method} ${url}`, body, status });
  });
  subscribe("patchpilot.step", (message) => {
    const { name, outcome, outputs, annotations, summary } = message as StepRecord;
    write({ step: name, outcome, outputs, annotations, summary });
  });
  subscribe("patchpilot.run", (message) => write(message as object));
}

function write(entry: object): void {
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${normalise(JSON.stringify(entry))}\n`);
}
