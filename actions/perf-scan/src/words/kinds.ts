import { cleanText, inlineCode } from "@patchpilot/evidence";

const MOST = 12;

/** Kinds of operations, each as code: `middleware.express`, `view.render`, and 3 more. */
export function listKinds(ops: readonly string[]): string {
  const shown = ops.slice(0, MOST).map((op) => inlineCode(cleanKind(op)));
  const more = ops.length > shown.length ? `, and ${ops.length - shown.length} more` : "";
  return `${shown.join(", ")}${more}`;
}

/** Says what a scan left out and how to have it judged; null if it left out nothing. */
export const describeUnjudged = (ops: readonly string[]): string | null =>
  ops.length === 0
    ? null
    : `Not judged, though Sentry has spans of ${ops.length === 1 ? "it" : "them"}: ${listKinds(ops)}. To judge ${ops.length === 1 ? "it" : "them"}, add the name or its family to \`operations\`.`;

/** A value of `span.op` without what may not be shown. */
export const cleanKind = (op: string): string => cleanText(op, { maxLength: 60, singleLine: true }).text;
