import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readRecording } from "./read-recording.ts";
import { BadRecording, type Recording } from "./recording.ts";

const LABELS = "labels.json";

/**
 * Reads every CSV file of a folder, by name, and the optional `labels.json`:
 * `{"checkout.csv": [812], "search.csv": []}`, rows (0 is the first) at which a series changed.
 *
 * @throws BadRecording, one sentence with the remedy
 */
export function readRecordings(folder: string): Recording[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new BadRecording(`${folder} is no folder; --data takes one with CSV files.`);
  }
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".csv"))
    .sort();
  if (names.length === 0) throw new BadRecording(`${folder} holds no file whose name ends in .csv.`);
  const labels = readLabels(join(folder, LABELS));
  const unknown = [...labels.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new BadRecording(`${LABELS} names ${unknown}, which is not in ${folder}.`);
  }
  return names.map((name) => {
    const recording = readRecording(name, readFileSync(join(folder, name), "utf8"));
    return { ...recording, changes: checkChanges(recording, labels.get(name) ?? null) };
  });
}

function readLabels(path: string): ReadonlyMap<string, readonly number[]> {
  if (!existsSync(path)) return new Map();
  const found = z.record(z.string(), z.array(z.int().nonnegative())).safeParse(parseJson(path));
  if (found.success) return new Map(Object.entries(found.data));
  throw new BadRecording(
    `${LABELS} must give each file the rows at which it changed, as {"checkout.csv": [812]}: ${z.prettifyError(found.error).replaceAll("\n", " ")}`,
  );
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new BadRecording(`${LABELS} is not JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

function checkChanges(
  { name, values }: Omit<Recording, "changes">,
  changes: readonly number[] | null,
): readonly number[] | null {
  const outside = changes?.find((row) => row >= values.length);
  if (outside === undefined) return changes;
  throw new BadRecording(
    `${LABELS} says that ${name} changed at row ${outside}, but it has ${values.length} rows, counted from 0.`,
  );
}
