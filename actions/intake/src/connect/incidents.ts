import { connectStore, ISSUES_A_REQUEST } from "@patchpilot/acceptance";
import type { GitHub, IssueList, IssueQuestion, OpenPull, RepositoryName } from "@patchpilot/github";
import { type Incident, phaseLabel, UMBRELLA_LABEL } from "@patchpilot/incident";
import { findIndexed } from "@patchpilot/ledger";
import type { IntakeStore } from "../ports.ts";
import { connectListing } from "./listing.ts";

const PAGE = 50;

const LISTS = {
  open: { labels: [UMBRELLA_LABEL], state: "OPEN", order: "oldest", first: PAGE, lean: true },
  closed: { labels: [UMBRELLA_LABEL], state: "CLOSED", order: "newest-change", first: 100, lean: true },
  accepted: { labels: [phaseLabel("accepted")], state: "OPEN", order: "oldest", first: PAGE, lean: false },
  // Some of those only wait for Sentry to be asked; one page of them, so that many cost no more than few.
  leftToPeople: {
    labels: [phaseLabel("needs-human")],
    state: "OPEN",
    order: "newest-change",
    first: PAGE,
    lean: false,
  },
} as const satisfies Record<string, IssueList>;
type ListName = keyof typeof LISTS;
/** What every sweep reads. */
const SWEPT = ["accepted", "leftToPeople", "closed"] as const;

/** What was read so far: nothing is asked for twice. */
type Seen = {
  readonly whole: Map<number, Incident>;
  readonly lean: Map<number, Incident>;
  /** The next page of each list that was begun; null: all of it was read. */
  readonly next: Partial<Record<ListName, string | null>>;
  pulls?: readonly OpenPull[];
};

type Ask = (lists: readonly ListName[], more?: Pick<IssueQuestion, "numbers" | "openPulls">) => Promise<void>;

/** Incidents on GitHub, and the open pull requests that are read along with them; what one request can answer is asked together. */
export function connectIntakeStore(
  github: GitHub,
  name: RepositoryName,
  access: Parameters<typeof connectStore>[2],
): IntakeStore & { readonly readPulls: () => Promise<readonly OpenPull[]> } {
  const { ask: askStore, ...store } = connectStore(github, name, access);
  const seen: Seen = { whole: new Map(), lean: new Map(), next: {} };
  const ask = rememberAnswers(askStore, seen);
  return {
    ...store,
    readNumbers: async (numbers) => {
      // The first come with what is asked next of any issue that is taken in: known incidents and pull requests.
      await ask(listUnread(seen), {
        numbers: numbers.slice(0, ISSUES_A_REQUEST),
        openPulls: seen.pulls === undefined,
      });
      keep(await store.readNumbers(numbers.slice(ISSUES_A_REQUEST)), seen.whole);
      return numbers.flatMap((number) => seen.whole.get(number) ?? []);
    },
    ...connectListing(github, name, access.belief),
    readSweep: async (numbers) => {
      await ask(
        [...SWEPT, ...(numbers.length > 0 ? (["open"] as const) : [])],
        numbers.length > 0 ? { numbers: numbers.slice(0, ISSUES_A_REQUEST), openPulls: true } : {},
      );
      keep(await store.readNumbers(numbers.slice(ISSUES_A_REQUEST)), seen.whole);
      while (seen.next.accepted) await ask(["accepted"]);
      return { swept: [...seen.whole.values()], closed: findKnown(seen).filter(({ open }) => !open) };
    },
    readKnown: async () => {
      const unread = listUnread(seen);
      if (unread.length > 0) await ask(unread, { openPulls: seen.pulls === undefined });
      while (seen.next.open) await ask(["open"]);
      return findKnown(seen);
    },
    readIndexed: async (keys) => {
      const indexed = await findIndexed(github, name, keys);
      return new Set(keys.filter((key) => indexed.has(key) && !isUnrecorded(seen, indexed.get(key))));
    },
    readPulls: async () => {
      if (seen.pulls === undefined) await ask([], { openPulls: true });
      return seen.pulls ?? [];
    },
  };
}

/** Of the lists that known incidents come from, those that were not begun. */
const listUnread = ({ next }: Seen) =>
  (["open", "closed"] as const).filter((list) => next[list] === undefined);

/** Asks for the next page of lists, and keeps what is answered. */
const rememberAnswers =
  (ask: ReturnType<typeof connectStore>["ask"], seen: Seen): Ask =>
  async (names, more = {}) => {
    const lists = names.map((list) => ({
      ...LISTS[list],
      after: seen.next[list] ?? null,
    }));
    const answer = await ask({ ...more, lists });
    if (more.openPulls) seen.pulls = answer.openPulls;
    keep(answer.numbered, seen.whole);
    for (const [index, list] of names.entries()) {
      const { incidents, next } = answer.lists[index] ?? { incidents: [], next: null };
      seen.next[list] = next;
      keep(incidents, LISTS[list].lean ? seen.lean : seen.whole);
    }
  };

const keep = (incidents: readonly Incident[], into: Map<number, Incident>): void => {
  for (const incident of incidents) into.set(incident.number, incident);
};

/** Everything that was read and has a record; an issue that was read whole is known best so. */
const findKnown = ({ lean, whole }: Seen): Incident[] =>
  [...new Map([...lean, ...whole]).values()].filter(({ phase }) => phase !== undefined);

/** An open issue of ours without a record: the run that opened it could not finish. */
function isUnrecorded({ lean }: Seen, number = 0): boolean {
  const incident = lean.get(number);
  return incident?.open === true && incident.phase === undefined;
}
