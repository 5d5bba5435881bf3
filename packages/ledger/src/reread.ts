import type { GitHub } from "@patchpilot/github";
import type { Stored } from "@patchpilot/incident";
import * as z from "zod";

const BODIES = `query RecordsAgain($ids: [ID!]!) { nodes(ids: $ids) { id ... on IssueComment { body } } }`;
const reply = z.looseObject({
  nodes: z.array(z.looseObject({ id: z.string(), body: z.string().optional() }).nullable()),
});

/**
 * Reads again what is about to be rewritten, and names the comments that moved on or are gone: last write wins, so
 * a run that read an older text must not be the last.
 */
export async function movedOn(github: GitHub, records: readonly Stored<unknown>[]): Promise<Set<string>> {
  const moved = new Set<string>();
  for (let start = 0; start < records.length; start += 100) {
    const batch = records.slice(start, start + 100);
    const { nodes } = await github.query(BODIES, { ids: batch.map((record) => record.commentId) }, reply);
    const bodies = new Map(nodes.flatMap((node) => (node ? [[node.id, node.body] as const] : [])));
    for (const record of batch) if (bodies.get(record.commentId) !== record.body) moved.add(record.commentId);
  }
  return moved;
}
