import { parse } from "csv-parse/sync";
import { BadRecording, type Recording } from "./recording.ts";

const HEADERS = ["timestamp,value", "timestamp,value,exposure"];

type Row = {
  readonly line: number;
  readonly at: number;
  readonly value: number;
  readonly exposure: number | null;
};

/**
 * Reads a CSV file with the header `timestamp,value` or `timestamp,value,exposure`. Timestamps are ISO 8601 (UTC
 * where they name no zone) or Unix seconds; rows are in order, at one interval; missing rows are unknown.
 *
 * @throws BadRecording with file, line and remedy
 */
export function readRecording(name: string, text: string): Omit<Recording, "changes"> {
  const rows = parseRows(name, text);
  const [first, second] = rows;
  if (!first || !second) throw new BadRecording(`${name} has fewer than two rows.`);
  const intervalMs = commonStep(name, rows);
  const last = rows.at(-1) ?? second;
  const length = Math.round((last.at - first.at) / intervalMs) + 1;
  const values = new Array<number>(length).fill(Number.NaN);
  const exposure = new Array<number>(length).fill(Number.NaN);
  for (const row of rows) {
    const index = (row.at - first.at) / intervalMs;
    if (!Number.isInteger(index)) {
      throw new BadRecording(
        `${name}, line ${row.line}: the rows are ${intervalMs / 1_000} s apart, but this one lies between two such instants; record at one interval.`,
      );
    }
    values[index] = row.value;
    exposure[index] = row.exposure ?? Number.NaN;
  }
  return { name, start: first.at, intervalMs, values, exposure: first.exposure === null ? null : exposure };
}

function parseRows(name: string, text: string): Row[] {
  const [header, ...lines] = parseLines(name, text);
  if (header === undefined) throw new BadRecording(`${name} is empty; its first line must be ${HEADERS[0]}.`);
  if (!HEADERS.includes(header.join(","))) {
    throw new BadRecording(
      `${name} begins with "${header.join(",")}"; its first line must be ${HEADERS.join(" or ")}.`,
    );
  }
  return lines.map((fields, i) => {
    const where = `${name}, line ${i + 2}`;
    const [timestamp = "", value = "", exposure] = fields;
    return {
      line: i + 2,
      at: readInstant(where, timestamp),
      value: readQuantity(where, "value", value),
      exposure: exposure === undefined ? null : readQuantity(where, "exposure", exposure),
    };
  });
}

function parseLines(name: string, text: string): string[][] {
  try {
    return parse(text, { bom: true, trim: true, skip_empty_lines: true });
  } catch (error) {
    throw new BadRecording(`${name} is not a CSV file: ${error instanceof Error ? error.message : error}.`);
  }
}

function readInstant(where: string, text: string): number {
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1_000;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  const isDate = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text);
  const at = isDate ? Date.parse(`${text.replace(" ", "T")}${hasZone ? "" : "Z"}`) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new BadRecording(
      `${where}: "${text}" is no timestamp; write it as 2026-01-31T08:05:00Z or in Unix seconds.`,
    );
  }
  return at;
}

function readQuantity(where: string, name: string, text: string): number {
  const value = text === "" ? Number.NaN : Number(text);
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new BadRecording(
    `${where}: the ${name} "${text}" is no number of 0 or more; leave a row out where it is not known.`,
  );
}

/** The least time from one row to the next. */
function commonStep(name: string, rows: readonly Row[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < rows.length; i++) {
    const step = (rows[i]?.at ?? 0) - (rows[i - 1]?.at ?? 0);
    if (step <= 0) {
      throw new BadRecording(
        `${name}, line ${rows[i]?.line}: it is not later than the line before; sort the rows and leave out doubles.`,
      );
    }
    least = Math.min(least, step);
  }
  return least;
}
