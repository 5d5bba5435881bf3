import {
  type GitHub,
  type IssuePage,
  type LabelPage,
  listLabels,
  type RepositoryName,
} from "@patchpilot/github";
import { PHASES, phaseLabel, STANDING_WATCH, UMBRELLA_LABEL } from "@patchpilot/incident";
import { MINUTE } from "@patchpilot/time";

/** How often the page that is looked at changes. */
const TURN = 5 * MINUTE;
const GOLDEN_RATIO = 0.618_033_988_749_895;
/** Of a page in turn, strays are read whole; of the other lists, every issue. */
const STRAYS = 100;
const WAITING = 80;
const WATCHED = 50;
/** What a search answers of a list by itself. */
export const FIRST_PAGE = 50;

/**
 * The turn of an instant, from 0. Steps of the golden ratio reach every turn at any schedule; counted one by one, a run
 * every 20 minutes would skip three of four.
 */
export const chooseTurn = (now: number, turns: number): number =>
  Math.floor(((Math.floor(now / TURN) * GOLDEN_RATIO) % 1) * turns);

/** The page whose turn it is. */
const choosePage = (now: number, total: number, size: number): Pick<LabelPage, "page" | "size"> => ({
  page: chooseTurn(now, Math.ceil(total / size)) + 1,
  size,
});

/** Where issues are listed, and when, in milliseconds by GitHub's clock. */
export type TurnListing = { readonly github: GitHub; readonly name: RepositoryName; readonly now: number };

/** Open incidents without exactly one phase label, from the page whose turn it is: a lost label is healed within days. */
export async function findStrays(
  { github, name, now }: TurnListing,
  { issues, totals }: IssuePage,
): Promise<number[]> {
  if (totals.open === 0) return [];
  const known = new Set(issues.map(({ number }) => number));
  const page = choosePage(now, totals.open, STRAYS);
  const listed = await listLabels(github, name, { label: UMBRELLA_LABEL, state: "open", ...page });
  return listed
    .filter(({ number, labels }) => !known.has(number) && phaseLabels(labels).length !== 1)
    .map(({ number }) => number);
}

/** Of what waits for proof, and of what is watched after its close, the page whose turn it is. */
export async function listInTurn(
  { github, name, now }: TurnListing,
  { totals: { waiting, closed } }: IssuePage,
): Promise<number[]> {
  const lists: LabelPage[] = [];
  if (waiting > FIRST_PAGE)
    lists.push({ label: phaseLabel("verifying"), state: "open", ...choosePage(now, waiting, WAITING) });
  if (closed > FIRST_PAGE)
    lists.push({
      label: phaseLabel("recovered"),
      state: "closed",
      since: watchBegin(now),
      ...choosePage(now, closed, WATCHED),
    });
  const pages = await Promise.all(lists.map((list) => listLabels(github, name, list)));
  return pages.flat().map(({ number }) => number);
}

/** What was closed earlier, in ISO 8601, is watched no longer. */
export const watchBegin = (now: number): string => new Date(now - STANDING_WATCH).toISOString();

const PHASE_LABELS = new Set(PHASES.map(phaseLabel));
export const phaseLabels = (labels: readonly string[]): string[] =>
  labels.filter((label) => PHASE_LABELS.has(label));
