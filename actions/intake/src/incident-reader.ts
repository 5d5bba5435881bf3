import {
  askIssues,
  type GitHub,
  type GitHubIssue,
  type IssueList,
  type OpenPull,
  type RepositoryName,
} from "@patchpilot/github";
import { type Incident, phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import { type Belief, type Ledger, readWhole, toIncident } from "@patchpilot/ledger";

const DAY = 86_400_000;
const PAGE = 50;
/** A busy repository changes many issues a day that are none of ours; this many pages of them are looked at. */
const CHANGED_PAGES = 4;

type ListName = "open" | "closed" | "accepted" | "leftToPeople" | "changed";

const LISTS: Readonly<Record<ListName, IssueList>> = {
  open: { labels: [UMBRELLA_LABEL], state: "OPEN", order: "oldest", first: PAGE, lean: true },
  closed: { labels: [UMBRELLA_LABEL], state: "CLOSED", order: "newest-change", first: 100, lean: true },
  accepted: { labels: [phaseLabel("accepted")], state: "OPEN", order: "oldest", first: PAGE },
  // Some of those only wait for Sentry to be asked; one page of them, so that many cost no more than few.
  leftToPeople: { labels: [phaseLabel("needs-human")], state: "OPEN", order: "newest-change", first: PAGE },
  changed: { order: "newest-change", first: PAGE },
};

type Question = {
  readonly numbers?: readonly number[];
  /** Lists with the cursor of the page; null: the first one. */
  readonly pages?: Partial<Record<ListName, string | null>>;
  readonly pulls?: boolean;
};

/** Reads incidents of one repository. What one request can answer is asked together, and nothing is asked twice. */
export class IncidentReader {
  readonly #github: GitHub;
  readonly #name: RepositoryName;
  readonly #belief: (repositoryId: number) => Belief;
  readonly #whole = new Map<number, Incident>();
  readonly #lean = new Map<number, Incident>();
  /** The next page of each list that was begun; null: all of it was read. */
  readonly #next: Partial<Record<ListName, string | null>> = {};
  #changedSince = "";
  #read: { readonly ledger: Ledger; readonly now: Date } | undefined;
  #pulls: readonly OpenPull[] | undefined;

  constructor(github: GitHub, name: RepositoryName, belief: (repositoryId: number) => Belief) {
    this.#github = github;
    this.#name = name;
    this.#belief = belief;
  }

  /** The ledger that was read, and GitHub's clock. @throws Error before the first read. */
  get read(): { readonly ledger: Ledger; readonly now: Date } {
    if (this.#read === undefined) throw new Error("Nothing was read from GitHub yet.");
    return this.#read;
  }

  /** The first 50 come with what is asked next of any issue that is taken in: known incidents and pull requests. */
  async readNumbers(numbers: readonly number[]): Promise<Incident[]> {
    await this.#ask({
      numbers: numbers.slice(0, PAGE),
      ...(this.#read === undefined ? { pages: { open: null, closed: null }, pulls: true } : {}),
    });
    for (let start = PAGE; start < numbers.length; start += PAGE)
      await this.#ask({ numbers: numbers.slice(start, start + PAGE) });
    return numbers.flatMap((number) => this.#whole.get(number) ?? []);
  }

  /** What changed in the last 24 hours, and what waits in a phase that intake serves. */
  async readSweep(): Promise<Incident[]> {
    this.#changedSince = new Date((await this.#github.clock()).getTime() - DAY).toISOString();
    await this.#ask({ pages: { changed: null, accepted: null, leftToPeople: null, closed: null } });
    for (let page = 2; ; page += 1) {
      const { changed, accepted } = this.#next;
      const pages = {
        ...(changed && page <= CHANGED_PAGES ? { changed } : {}),
        ...(accepted ? { accepted } : {}),
      };
      if (Object.keys(pages).length === 0) return [...this.#whole.values()];
      await this.#ask({ pages });
    }
  }

  async readClosed(): Promise<Incident[]> {
    if (this.#next.closed === undefined) await this.#ask({ pages: { closed: null } });
    return this.#known().filter(({ open }) => !open);
  }

  async readKnown(): Promise<Incident[]> {
    const { open, closed } = this.#next;
    if (open === undefined || closed === undefined)
      await this.#ask({
        pages: {
          ...(open === undefined ? { open: null } : {}),
          ...(closed === undefined ? { closed: null } : {}),
        },
        pulls: this.#pulls === undefined,
      });
    while (this.#next.open) await this.#ask({ pages: { open: this.#next.open } });
    return this.#known();
  }

  async readPulls(): Promise<readonly OpenPull[]> {
    if (this.#pulls === undefined) await this.#ask({ pulls: true });
    return this.#pulls ?? [];
  }

  /** Open issues of ours that were read and have no record: runs that opened them could not finish. */
  get unrecorded(): ReadonlySet<number> {
    const open = [...this.#lean.values()].filter(({ open, phase }) => open && phase === undefined);
    return new Set(open.map(({ number }) => number));
  }

  /** Everything that was read and has a record; an issue that was read whole is known best so. */
  #known(): Incident[] {
    return [...new Map([...this.#lean, ...this.#whole]).values()].filter(({ phase }) => phase !== undefined);
  }

  async #ask({ numbers = [], pages = {}, pulls = false }: Question): Promise<void> {
    const names = Object.keys(pages) as ListName[];
    const lists = names.map((name) => this.#listOf(name, pages[name] ?? null));
    const answer = await askIssues(this.#github, this.#name, { numbers, lists, openPulls: pulls });
    const belief = this.#belief(answer.repository.databaseId);
    const ledger = { repository: answer.repository, belief, incidents: [], refs: new Map() };
    this.#read = { ledger, now: await this.#github.clock() };
    if (pulls) this.#pulls = answer.openPulls;
    for (const issue of answer.numbered) await this.#keepWhole(issue, belief);
    for (const [index, name] of names.entries()) {
      const { issues, next } = answer.lists[index] ?? { issues: [], next: null };
      this.#next[name] = next;
      for (const issue of issues) {
        if (LISTS[name].lean === true) this.#lean.set(issue.number, toIncident(issue, belief));
        else await this.#keepWhole(issue, belief);
      }
    }
  }

  #listOf(name: ListName, after: string | null): IssueList {
    return { ...LISTS[name], ...(name === "changed" ? { changedSince: this.#changedSince } : {}), after };
  }

  async #keepWhole(issue: GitHubIssue, belief: Belief): Promise<void> {
    this.#whole.set(issue.number, await readWhole(this.#github, this.#name, issue, belief));
  }
}
