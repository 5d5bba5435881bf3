import { githubThat, reply } from "./in-process.ts";

/** A commit of a history that is written down for a test. */
export type WrittenCommit = {
  readonly parents?: readonly string[];
  readonly message?: string;
  /** Hours after the first of the day. */
  readonly at: number;
  readonly authoredAt?: number;
  /** What it changes: files as GitHub lists them. */
  readonly patch?: Readonly<Record<string, string>>;
  /** The pull request that it is of. */
  readonly pull?: number;
};

/** The object id that stands for a short name. */
export const oid = (name: string): string => Buffer.from(name).toString("hex").padEnd(40, "0").slice(0, 40);

const DAY_BEGAN = Date.parse("2026-11-20T00:00:00Z");
/** An instant by its hour. */
export const hour = (at: number): Date => new Date(DAY_BEGAN + at * 3_600_000);
const iso = (at: number): string => hour(at).toISOString();

const PAGE = 100;

/** A GitHub that knows these commits, by their short names, and answers as much of them as containment asks. */
export function githubKnowing(commits: Readonly<Record<string, WrittenCommit>>) {
  const byOid = new Map(Object.entries(commits).map(([name, commit]) => [oid(name), commit]));
  const fields = (id: string) => {
    const { parents = [], message = "A change", at, authoredAt = at } = byOid.get(id) as WrittenCommit;
    return {
      oid: id,
      message,
      committedDate: iso(at),
      authoredDate: iso(authoredAt),
      parents: { nodes: parents.map((parent) => ({ oid: oid(parent) })) },
    };
  };
  const historyFrom = (head: string): string[] => {
    const seen = new Set<string>();
    const waiting = [head];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(...(byOid.get(next)?.parents ?? []).map(oid));
    }
    return [...seen].sort((a, b) => (byOid.get(b)?.at ?? 0) - (byOid.get(a)?.at ?? 0));
  };
  const pageOf = (head: string, after: string | null, since: string) => {
    const all = historyFrom(head).filter((id) => Date.parse(fields(id).committedDate) >= Date.parse(since));
    const begin = after === null ? 0 : Number(after);
    const end = begin + PAGE;
    return {
      history: {
        pageInfo: { hasNextPage: end < all.length, endCursor: String(end) },
        nodes: all.slice(begin, end).map(fields),
      },
    };
  };
  const answerQuery = (variables: Record<string, string | null>) =>
    Object.fromEntries(
      Object.entries(variables).flatMap(([name, value]): [string, unknown][] => {
        const id = String(value);
        if (/^h\d/.test(name)) {
          const after = variables[name.replace("h", "a")] ?? null;
          return [[name, byOid.has(id) ? pageOf(id, after, String(variables["since"])) : null]];
        }
        if (/^f\d/.test(name)) return [[name, byOid.has(id) ? fields(id) : null]];
        if (!/^c\d/.test(name)) return [];
        const pull = byOid.get(id)?.pull;
        const node = { number: pull, baseRefName: "main", repository: { nameWithOwner: "acme/shop" } };
        return [[name, { associatedPullRequests: { nodes: pull === undefined ? [] : [node] } }]];
      }),
    );
  return githubThat(({ method, path, body }) => {
    if (method === "POST") {
      const { variables } = body as { variables: Record<string, string | null> };
      return reply({ data: { repository: answerQuery(variables) } });
    }
    const [fix = "", head = ""] = path.split("/").at(-1)?.split("...") ?? [];
    if (path.includes("/compare/"))
      return reply({ status: historyFrom(head).includes(fix) ? "ahead" : "diverged" });
    const files = Object.entries(byOid.get(fix)?.patch ?? {});
    return reply({
      files: files.map(([filename, patch]) => ({ filename, status: "modified", sha: oid(patch), patch })),
    });
  });
}
