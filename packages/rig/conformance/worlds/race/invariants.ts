import { type ClaimFact, claimFact, type GateFact, gateFact, parseKey } from "@patchpilot/incident";
import { REF_NAMESPACE } from "@patchpilot/ledger";
import { readSpend } from "../read-spend.ts";
import { REPOSITORY_ID, SHOP, type TestWorld } from "../world.ts";

/** Names of what must never happen; a violated one is reported by name. */
export type Invariant =
  | "one-worker-per-attempt"
  | "outcome-before-next-attempt"
  | "no-pull-request-after-outcome"
  | "no-commit-after-outcome"
  | "no-commit-over-others"
  | "no-repair-of-others"
  | "ci-repairs-limited"
  | "outcome-matches-pull-request"
  | "one-cause-one-attempt"
  | "attempts-never-fall"
  | "every-incident-served"
  | "every-attempt-settled"
  | "no-overspending";

export type BrokenInvariant = { readonly invariant: Invariant; readonly detail: string };

/** Dollars that an attempt may spend, and all of them. */
export type RaceCaps = { readonly perAttempt: number; readonly perMonth: number };

type Order = { readonly key: string; readonly checks?: unknown; readonly expectedHead?: string };

/** Watches what really happens in the simulated GitHub: it knows nothing of what the actions believe. */
export class Watch {
  readonly violations: BrokenInvariant[] = [];
  readonly #test: TestWorld;
  readonly #passed = new Map<string, Set<string>>();
  readonly #highest = new Map<number, number>();
  readonly #dispatched = new Set<string>();
  readonly #caps: RaceCaps;

  constructor(test: TestWorld, caps: RaceCaps) {
    this.#test = test;
    this.#caps = caps;
    test.world.onEvent((event) => {
      if (event.event === "repository_dispatch") this.#onDispatch(event.payload);
      if (event.event === "pull_request" && event.action === "opened") this.#onPullRequest(event.payload);
      if (event.event === "pull_request" && event.action === "synchronize") this.#onCommit(event.payload);
    });
  }

  report(invariant: Invariant, detail: string): void {
    this.violations.push({ invariant, detail });
  }

  /** A worker was told to proceed. */
  onPassed(key: string, run: string): void {
    const runs = this.#passed.get(key) ?? new Set();
    this.#passed.set(key, runs.add(run));
    if (runs.size > 1) this.report("one-worker-per-attempt", `${key} in runs ${[...runs].join(", ")}`);
    // Nobody knows what a worker of a race has spent, so each counts as all that it may.
    const spent = this.#passed.size * this.#caps.perAttempt;
    if (spent > this.#caps.perMonth)
      this.report("no-overspending", `${[...this.#passed.keys()].join(", ")} have spent ${spent}`);
  }

  #onDispatch(payload: Readonly<Record<string, unknown>>): void {
    const order = (payload["client_payload"] as { patchpilot: Order }).patchpilot;
    this.#onRepairOfChecks(order);
    const { issue, attempt, repositoryId } = requireKey(order.key);
    this.#dispatched.add(order.key);
    if (this.#caps.perAttempt > 0 && !(`${issue}-a${attempt}` in readSpend(this.#test)))
      this.report("no-overspending", `${order.key} was dispatched, and nothing was reserved for it`);
    const highest = this.#highest.get(issue) ?? 0;
    if (attempt < highest) this.report("attempts-never-fall", `#${issue}: ${attempt} after ${highest}`);
    this.#highest.set(issue, Math.max(highest, attempt));
    if (this.gate(order.key)?.state === "closed")
      this.report("one-cause-one-attempt", `${order.key} was dispatched again after its outcome`);
    for (let earlier = 1; earlier < attempt; earlier += 1)
      if (this.gate(`pp-${repositoryId}-${issue}-a${earlier}`)?.state !== "closed")
        this.report(
          "outcome-before-next-attempt",
          `${order.key} was dispatched while attempt ${earlier} had no outcome`,
        );
  }

  /** A repair of red checks begins at a commit that PatchPilot's worker made. */
  #onRepairOfChecks({ key, checks, expectedHead = "" }: Order): void {
    if (checks === undefined) return;
    const author = this.#test.world.repository(SHOP).git.commit(expectedHead)?.author.name;
    if (author === undefined || !author.startsWith("github-actions"))
      this.report("no-repair-of-others", `${key} continues ${expectedHead} of ${author}`);
  }

  #onPullRequest(payload: Readonly<Record<string, unknown>>): void {
    const head = (payload["pull_request"] as { head: { ref: string } }).head.ref;
    const [, issue, attempt] = /^patchpilot\/(\d+)-a(\d+)$/.exec(head) ?? [];
    const gate = this.gate(`pp-${REPOSITORY_ID}-${issue}-a${attempt}`);
    if (gate?.state === "closed")
      this.report("no-pull-request-after-outcome", `${head} was proposed after ${gate.outcome}`);
  }

  /** A worker added to a pull request that was there: nothing of anybody is lost, and its attempt is not over. */
  #onCommit(payload: Readonly<Record<string, unknown>>): void {
    const { before, after } = payload as { before: string; after: string };
    const { git } = this.#test.world.repository(SHOP);
    const commit = git.commit(after);
    const [, key] = /^PatchPilot-Key: (\S+)$/m.exec(commit?.message ?? "") ?? [];
    if (key === undefined) return;
    const gate = this.gate(key);
    if (gate?.state === "closed")
      this.report("no-commit-after-outcome", `${key} committed after ${gate.outcome}`);
    if (commit?.parents[0] !== before)
      this.report("no-commit-over-others", `${key} committed onto ${commit?.parents[0]}, not onto ${before}`);
  }

  /** Looks at all claims: no two attempts of an issue share a cause. */
  checkCauses(): void {
    const causes = new Map<string, number>();
    for (const [name, fact] of this.claims()) {
      const [issue = "", attempt = "0"] = name.split("-a");
      const cause = `${issue}: ${fact.cause}`;
      const other = causes.get(cause);
      if (other !== undefined)
        this.report("one-cause-one-attempt", `${cause} opened attempts ${other} and ${attempt}`);
      causes.set(cause, Number(attempt));
    }
    for (const issue of new Set(this.claims().map(([name]) => name.split("-a")[0]))) {
      const opened = [...causes.keys()].filter((cause) => cause.startsWith(`${issue}: checks/`));
      if (opened.length > 2) this.report("ci-repairs-limited", `#${issue}: ${opened.join(", ")}`);
    }
  }

  /** Once all clocks have run out: whatever was claimed or dispatched has an outcome. */
  checkSettled(): void {
    const keys = new Set([
      ...this.#dispatched,
      ...this.claims().map(([name]) => `pp-${REPOSITORY_ID}-${name}`),
    ]);
    for (const key of keys)
      if (this.gate(key)?.state !== "closed") this.report("every-attempt-settled", `${key} has no outcome`);
  }

  /** An attempt that proposed something did not fail: its outcome is what became of the pull request. */
  checkOutcomes(): void {
    const { issues } = this.#test.world.repository(SHOP);
    for (const { pull } of issues.list()) {
      const [, issue, attempt] = /^patchpilot\/(\d+)-a(\d+)$/.exec(pull?.headRef ?? "") ?? [];
      const gate = issue === undefined ? undefined : this.gate(`pp-${REPOSITORY_ID}-${issue}-a${attempt}`);
      if (gate?.state === "closed" && ["failed", "no-change", "lost"].includes(gate.outcome))
        this.report(
          "outcome-matches-pull-request",
          `attempt ${attempt} of #${issue} proposed, yet ended ${gate.outcome}`,
        );
    }
  }

  gate(key: string): GateFact | undefined {
    return this.#fact(`${REF_NAMESPACE}/gates/${key}`, (facts) =>
      gateFact.parse((facts as { gates: Record<string, unknown> }).gates[key]),
    );
  }

  claims(): [string, ClaimFact][] {
    const refs = this.#test.world.repository(SHOP).git.refs.list(`${REF_NAMESPACE}/claims/`);
    return refs.flatMap(({ name }): [string, ClaimFact][] => {
      const short = name.slice(`${REF_NAMESPACE}/claims/`.length);
      const fact = this.#fact(name, (facts) =>
        claimFact.parse((facts as { claims: Record<string, unknown> }).claims[short]),
      );
      return fact ? [[short, fact]] : [];
    });
  }

  #fact<T>(ref: string, read: (facts: unknown) => T): T | undefined {
    const { git } = this.#test.world.repository(SHOP);
    const oid = git.refs.get(ref);
    const message = oid === undefined ? undefined : git.commit(oid)?.message;
    return message === undefined ? undefined : read(JSON.parse(message.slice(message.indexOf("\n\n") + 2)));
  }
}

function requireKey(key: string) {
  const parsed = parseKey(key);
  if (parsed === undefined) throw new Error(`${key} is no key of an attempt.`);
  return parsed;
}
