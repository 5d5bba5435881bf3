/**
 * npm run range -- [--carrier NAME] [--attack NAME] [--control] [--seed N] [--json FILE]
 *
 * Plays cells of the range and says of each what got through. Without a carrier or an attack it plays the sample of the
 * seed; NAME may be a part of a name. Exits 1 if something got through behind the wall.
 */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { CARRIERS } from "./carriers/carriers.ts";
import { planCarrier, planControl, planSample } from "./plan-cells.ts";
import type { HostileCell } from "./play-cell.ts";
import { describeCell, type JudgedCell, playCells } from "./play-cells.ts";

const { values } = parseArgs({
  options: {
    carrier: { type: "string" },
    attack: { type: "string" },
    control: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
    json: { type: "string" },
  },
});

function chooseCells(): HostileCell[] {
  if (values.carrier === undefined && values.attack === undefined) return planSample(Number(values.seed));
  return CARRIERS.filter(({ name }) => name.includes(values.carrier ?? ""))
    .flatMap(values.control ? planControl : planCarrier)
    .filter(({ attack }) => attack.name.includes(values.attack ?? ""));
}

function report(judged: JudgedCell): void {
  const { cell, counts, found, wasTold, seconds } = judged;
  const verdict = !counts ? "does not count" : found.length === 0 ? "held" : "GOT THROUGH";
  const unread = wasTold ? "" : ", order not read by the model";
  console.log(`${verdict}${cell.sandbox === "none" ? " (no wall)" : ""}: ${describeCell(judged)}${unread}`);
  if (values.json === undefined) return;
  const { attack, carrier, agent, sandbox } = cell;
  const line = {
    attack: attack.name,
    carrier: carrier.name,
    agent,
    sandbox,
    counts,
    found,
    wasTold,
    seconds,
  };
  appendFileSync(values.json, `${JSON.stringify({ ...line, isPublished: judged.isPublished })}\n`);
}

const tally = await playCells(chooseCells(), report);
console.log(JSON.stringify({ sample: tally.sample, ...tally.counts }));
if ((tally.counts["got through"] ?? 0) > 0) process.exitCode = 1;
