/** A frame as the API shows it. */
export type ApiFrame = {
  readonly filename: string | null;
  readonly module: string | null;
  readonly lineNo: number | null;
  readonly colNo: number | null;
  readonly function: string | null;
  readonly inApp: boolean;
  readonly context: readonly (readonly [number, string])[];
};

/**
 * A frame in the text of an issue, by the platform of its event. (getsentry/sentry,
 * `templates/sentry/partial/frames/{javascript,java,ruby,default}.txt`: Django writes `None` for what is not known.)
 */
export function describeFrame(frame: ApiFrame, platform: string): string {
  const source = frame.context.find(([line]) => line === frame.lineNo)?.[1].trim();
  const below = source ? `\n    ${source}` : "";
  if (platform === "javascript") return describeScript(frame);
  if (platform === "java") return `${describeJava(frame)}${below}`;
  const at = frame.lineNo ? `:${frame.lineNo}` : "";
  if (platform === "ruby")
    return `  ${frame.filename ?? "None"}${at}:in \`${frame.function ?? "None"}'${below}`;
  return `${describePlain(frame)}${below}`;
}

/** Whether the newest frame comes first: only Python and events of no platform begin with the oldest. */
export const isNewestFirst = (platform: string): boolean => !["python", ""].includes(platform);

function describeScript({ function: name, filename, lineNo, colNo }: ApiFrame): string {
  const place = [filename ?? "None", ...[lineNo, colNo].filter(Boolean)].join(":");
  return `  at ${name ?? "None"} (${place})`;
}

function describeJava({ module, function: name, filename, lineNo }: ApiFrame): string {
  const line = lineNo === null ? "" : `:${lineNo}`;
  const file = filename === null ? "" : `(${filename.slice(filename.lastIndexOf("/") + 1)}${line})`;
  return `    at ${module === null ? "" : `${module}.`}${name ?? ""}${file}`;
}

function describePlain({ filename, module, lineNo, function: name }: ApiFrame): string {
  const place = filename ? `File "${filename}"` : module ? `Module "${module}"` : "?";
  return `  ${place}${lineNo === null ? "" : `, line ${lineNo}`}${name ? `, in ${name}` : ""}`;
}
