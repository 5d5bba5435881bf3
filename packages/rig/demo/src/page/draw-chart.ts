import { escapeHtml } from "./escape-html.ts";

/** A chart of lines over named points, as the source of a mermaid `xychart` says it. */
type Chart = {
  readonly title: string;
  readonly names: readonly string[];
  readonly unit: string;
  readonly highest: number;
  readonly lines: readonly (readonly number[])[];
};

/** As wide as a telephone leaves it, so its letters keep their size there. */
const [WIDTH, HEIGHT] = [300, 190];
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 12, 24, 28];
const STEPS_AT_MOST = 5;
const NAMES_AT_MOST = 4;

/** Draws the one kind of chart that PatchPilot writes; undefined for any other source. */
export function drawLines(source: string): string | undefined {
  const chart = readChart(source);
  if (chart === undefined) return undefined;
  const { title, lines, unit } = chart;
  const lasts = lines.map((line, index) => `${index === 0 ? "first" : "second"} line ends at ${line.at(-1)}`);
  const name = `Chart: ${title}, in ${unit}; ${lasts.join(", ")}`;
  return `<figure class="chart">
<figcaption>${escapeHtml(title)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(name)}">
${drawGrid(chart)}
${drawNames(chart)}
${lines.map((line, index) => drawLine(line, index, chart.highest)).join("\n")}
</svg>
</figure>
`;
}

function readChart(source: string): Chart | undefined {
  const title = /^ *title "(.*)"$/m.exec(source)?.[1] ?? "";
  const names = /^ *x-axis (?:"[^"]*" )?\[(.*)\]$/m.exec(source)?.[1];
  const [, unit = "", highest] = /^ *y-axis "([^"]*)" 0 --> (\d+)$/m.exec(source) ?? [];
  const lines = [...source.matchAll(/^ *line \[([\d., -]+)\]$/gm)].map(([, values = ""]) =>
    values.split(",").map(Number),
  );
  if (!source.startsWith("xychart") || names === undefined || highest === undefined) return undefined;
  if (lines.length === 0 || lines.some((line) => line.some(Number.isNaN))) return undefined;
  return {
    title,
    unit,
    highest: Number(highest),
    lines,
    names: names.split(",").map((text) => text.trim().replace(/^"|"$/g, "")),
  };
}

const yAt = (value: number, highest: number): number =>
  HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * value) / highest;

const xAt = (index: number, count: number): number =>
  LEFT + ((WIDTH - LEFT - RIGHT) * (index + 0.5)) / Math.max(1, count);

/** The smallest of 1, 2, 5, 10, 20 and so on that divides the axis into few parts. */
function chooseStep(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest / STEPS_AT_MOST)));
  return (
    [1, 2, 5, 10].map((factor) => factor * power).find((step) => highest / step <= STEPS_AT_MOST) ?? power
  );
}

function drawGrid({ highest, unit }: Chart): string {
  const step = chooseStep(highest);
  const values = Array.from({ length: Math.floor(highest / step) + 1 }, (_, index) => index * step);
  const marks = values.map((value) => {
    const y = yAt(value, highest).toFixed(1);
    return `<path class="grid" d="M${LEFT} ${y}H${WIDTH - RIGHT}"/><text x="${LEFT - 6}" y="${y}" dy="4" text-anchor="end">${value}</text>`;
  });
  return [...marks, `<text x="4" y="${TOP - 8}">${escapeHtml(unit)}</text>`].join("\n");
}

function drawNames({ names }: Chart): string {
  const every = Math.ceil(names.length / NAMES_AT_MOST);
  return names
    .map((name, index) => ({ name, x: xAt(index, names.length).toFixed(1), isShown: index % every === 0 }))
    .filter(({ isShown }) => isShown)
    .map(({ name, x }) => `<text x="${x}" y="${HEIGHT - 12}" text-anchor="middle">${escapeHtml(name)}</text>`)
    .join("\n");
}

function drawLine(line: readonly number[], index: number, highest: number): string {
  const points = line.map(
    (value, at) => `${xAt(at, line.length).toFixed(1)} ${yAt(value, highest).toFixed(1)}`,
  );
  return `<path class="line line-${index + 1}" d="M${points.join("L")}"/>`;
}
