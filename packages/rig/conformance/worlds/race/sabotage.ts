/** What a control takes away from the protocol, by tampering with what one kind of actor is told. */
export type Sabotage =
  | "no-claim-ref"
  | "no-gate"
  | "run-id-in-key"
  | "outcome-without-closing"
  | "publish-without-gate"
  | "run-list-after-pull-requests"
  | "no-settling"
  | "no-reserving"
  | "any-head-published";

export type ActorKind = "dispatch" | "claim" | "propose";

type Body = {
  /** Of a REST commit. */
  readonly message?: string;
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
};
type Serve = typeof fetch;

const json = (answer: unknown): Response =>
  new Response(JSON.stringify(answer), { headers: { "content-type": "application/json" } });

/**
 * Wraps a `fetch` so that one safeguard no longer holds. The actions stay as they are: a control shows that the
 * invariants notice, not how the code looks without the safeguard.
 */
export function sabotaged(kind: ActorKind, sabotage: Sabotage | undefined, run: string, serve: Serve): Serve {
  if (sabotage === undefined) return serve;
  return async (input, init) => {
    const request = new Request(input, init);
    const text = request.body === null ? "" : await request.clone().text();
    const body: Body = text.startsWith("{") ? (JSON.parse(text) as Body) : {};
    const tampered = tamper(kind, sabotage, run, body);
    if (tampered?.kind === "reply") {
      // The clock still has to be known, so the request is let through as a read of nothing.
      const date = (
        await serve(new Request(new URL("/rate_limit", request.url), { headers: request.headers }))
      ).headers.get("date");
      const reply = json(tampered.answer);
      reply.headers.set("date", date ?? "");
      return reply;
    }
    if (kind === "dispatch" && sabotage === "any-head-published")
      return pretendPublished(await serve(request));
    if (tampered?.kind === "request")
      return serve(new Request(request, { body: JSON.stringify(tampered.body) }));
    return serve(request);
  };
}

/** The commit that each branch was last seen at, by the key of its gate; a race forgets none of another's. */
const seen = new Map<string, string>();

/** Lets every gate say that what the branch was last seen at is what was published. */
async function pretendPublished(reply: Response): Promise<Response> {
  const text = await reply.text();
  for (const [, branch = "", head = ""] of text.matchAll(
    /"headRefName":"patchpilot\/(\d+-a\d+)","headRefOid":"([0-9a-f]{40})"/g,
  ))
    seen.set(branch, head);
  const changed = text.replace(
    /(pp-\d+-(\d+-a\d+)\\":\{[^}]*\\"head\\":\\")[0-9a-f]{40}/g,
    (whole, before: string, branch: string) => (seen.has(branch) ? before + seen.get(branch) : whole),
  );
  return new Response(changed, { status: reply.status, headers: reply.headers });
}

type Tampering =
  | { readonly kind: "reply"; readonly answer: unknown }
  | { readonly kind: "request"; readonly body: Body };

function tamper(kind: ActorKind, sabotage: Sabotage, run: string, body: Body): Tampering | undefined {
  const names = refsWritten(body);
  const about = (part: string) => names.length > 0 && names.every((name) => name.includes(part));
  const pretendWritten: Tampering = {
    kind: "reply",
    answer: {
      data: Object.fromEntries(
        names.map((_, index) => [`m${index}`, { ref: { id: "x" }, clientMutationId: null }]),
      ),
    },
  };
  if (sabotage === "no-claim-ref" && kind === "dispatch" && about("/claims/")) return pretendWritten;
  if (sabotage === "no-reserving" && kind === "dispatch" && about("/spend/")) return pretendWritten;
  if (sabotage === "outcome-without-closing" && kind === "dispatch" && about("/gates/"))
    return pretendWritten;
  if (sabotage === "no-gate" && kind === "claim")
    return about("/gates/") ? pretendWritten : gatesRead(body, undefined);
  if (
    sabotage === "publish-without-gate" &&
    kind === "propose" &&
    body.message?.startsWith("PatchPilot gates")
  )
    return { kind: "reply", answer: { sha: "0".repeat(40) } };
  if (sabotage === "publish-without-gate" && kind === "propose")
    return about("/gates/") ? pretendWritten : gatesRead(body, { state: "working", run, runAttempt: 1 });
  if (sabotage === "no-settling" && kind === "dispatch")
    return gatesRead(body, { state: "closed", outcome: "failed", at: "2026-11-21T09:00:00.000Z" });
  if (sabotage === "run-id-in-key" && kind === "claim") return renameGates(body, run);
  return undefined;
}

function refsWritten({ query = "", variables = {} }: Body): string[] {
  if (!/^mutation/.test(query) || !/createRef|updateRefs/.test(query)) return [];
  return Object.values(variables).flatMap((input) => {
    const { name, refUpdates } = input as { name?: string; refUpdates?: { name: string }[] };
    return name ?? refUpdates?.[0]?.name ?? [];
  });
}

/** Answers a read of gates with the same fact for each; undefined: none exists. */
function gatesRead({ query = "", variables = {} }: Body, fact: object | undefined): Tampering | undefined {
  const names = Object.entries(variables)
    .filter(([key]) => /^n\d+$/.test(key))
    .map(([, name]) => String(name));
  if (!/^query Refs/.test(query) || !names.every((name) => name.includes("/gates/"))) return undefined;
  const refs = names.map((name, index) => {
    const message = `x\n\n${JSON.stringify({ v: 1, gates: { [name.split("/").pop() ?? ""]: fact } })}\n`;
    return [`r${index}`, fact === undefined ? null : { target: { oid: "0".repeat(40), message } }];
  });
  return { kind: "reply", answer: { data: { repository: Object.fromEntries(refs) } } };
}

function renameGates(body: Body, run: string): Tampering | undefined {
  const text = JSON.stringify(body);
  const renamed = text.replace(/refs\/patchpilot\/gates\/pp-[\w-]+/g, (name) => `${name}-${run}`);
  return renamed === text ? undefined : { kind: "request", body: JSON.parse(renamed) as Body };
}
