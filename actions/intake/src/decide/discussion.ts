import { findCommand, type Incident } from "@patchpilot/incident";
import type { Discussion } from "../facts.ts";

type Comment = NonNullable<Incident["discussion"]>["comments"][number];

/** Names a change of a comment that came after the label, by somebody else or not: who vouched has not seen it. */
export function describeEdit({ edit }: Comment, incident: Incident): string | undefined {
  if (edit === null) return undefined;
  const vouched = Date.parse(findCommand(incident, "take-on")?.at ?? "");
  if (Number.isNaN(vouched) || Date.parse(edit.at) < vouched) return undefined;
  return `edited ${edit.at} by ${edit.by ?? "somebody"}, after patchpilot:take-on was set`;
}

/** The discussion as named fields of the evidence, oldest first. Pure. */
export function listStatements({
  said,
  ignored,
  leftOut,
  files,
}: Discussion): { name: string; value: string }[] {
  const notes = [
    ...(leftOut > 0 ? [`${leftOut} comments in the middle were not read`] : []),
    ...(ignored > 0 ? [`${ignored} by people without write access are left out`] : []),
  ];
  return [
    ...said.map(({ by, text, edit }, index) => ({
      name: `comment ${index + 1} by ${by}${edit === undefined ? "" : ` (${edit})`}`,
      value: text,
    })),
    ...files.map(({ name, kind, url, text, missing }) =>
      kind === "text"
        ? { name: `attachment ${name}`, value: text ?? `(not read: ${missing}) ${url}` }
        : { name: kind === "image" ? `image ${name}` : `attachment ${name}`, value: url },
    ),
    ...(notes.length > 0 ? [{ name: "comments", value: notes.join("; ") }] : []),
  ];
}
