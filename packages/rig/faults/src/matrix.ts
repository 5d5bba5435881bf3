import { seeded } from "@patchpilot/conformance/worlds/race/random";
import { FAULT_KINDS } from "./kinds.ts";
import {
  type CellVerdict,
  type KnownEnds,
  playFault,
  playStory,
  type StoryTwin,
  type UnsafeChange,
} from "./play-fault.ts";
import type { Story } from "./stories/story.ts";
import { FAULT_STORIES } from "./stories.ts";
import type { PlannedFault } from "./wire/fault-wire.ts";

/** One fault at one endpoint of one story. */
export type FaultCell = { readonly story: Story; readonly plan: PlannedFault };

type Names = "action" | "story" | "endpoint" | "kind";

export type Result = Readonly<Record<Names, string>> &
  Pick<PlannedFault, "manner"> & {
    /** What was unsafe; empty: nothing. */
    readonly unsafe: readonly string[];
  };

export type CellChoice = { readonly [name in Names | "manner"]?: string | undefined };

export type StoryTwins = ReadonlyMap<Story, StoryTwin>;

export async function playTwins({ action, story }: CellChoice = {}): Promise<StoryTwins> {
  const twins = new Map<Story, StoryTwin>();
  for (const each of FAULT_STORIES) {
    if ((action ?? each.action) !== each.action || (story ?? each.story) !== each.story) continue;
    const known: KnownEnds = new Map();
    const twin = await playStory(each, known);
    if (twin.end.said === undefined)
      throw new Error(`${nameStory(each)} fails without a fault.`, { cause: twin.end.error });
    twins.set(each, { twin, known });
  }
  return twins;
}

/** Every endpoint that a story asks, with every kind that can happen to it, once and each time. */
export function listCells(twins: StoryTwins, choice: CellChoice = {}): FaultCell[] {
  return [...twins]
    .flatMap(([story, { twin }]) => {
      const endpoints = new Map(twin.sent.map(({ asked }) => [asked.endpoint, asked]));
      return [...endpoints.values()].flatMap((asked) =>
        FAULT_KINDS.filter(({ fits }) => fits?.(asked) ?? true).flatMap((kind) =>
          (["once", "always"] as const).map((manner) => ({
            story,
            plan: { kind, endpoint: asked.endpoint, manner },
          })),
        ),
      );
    })
    .filter(({ plan }) => fitsChoice(plan, choice));
}

const fitsChoice = ({ kind, endpoint, manner }: PlannedFault, choice: CellChoice): boolean =>
  (choice.kind ?? kind.kind) === kind.kind &&
  (choice.endpoint ?? endpoint) === endpoint &&
  (choice.manner ?? manner) === manner;

/** So many of the cells, by the seed. */
export function drawCells(cells: readonly FaultCell[], count: number, seed: number): FaultCell[] {
  const random = seeded(seed);
  const drawn = cells.map((cell) => ({ cell, order: random() })).sort((a, b) => a.order - b.order);
  return drawn.slice(0, count).map(({ cell }) => cell);
}

/** So many cells of each endpoint of each story, of kinds by the seed. */
export function spreadCells(cells: readonly FaultCell[], each: number, seed: number): FaultCell[] {
  const places = Map.groupBy(cells, ({ story, plan }) => `${nameStory(story)}, ${plan.endpoint}`);
  return [...places].flatMap(([name, place]) => drawCells(place, each, addUp(name, seed)));
}

/** Another seed for each name. */
const addUp = (name: string, seed: number): number =>
  [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, seed);

export async function playFaults(
  cells: readonly FaultCell[],
  twins: StoryTwins,
  hear: (result: Result) => void = () => undefined,
  sabotage?: UnsafeChange,
): Promise<Result[]> {
  const results: Result[] = [];
  const met = new Map<string, CellVerdict>();
  for (const { story, plan } of cells) {
    const twin = twins.get(story);
    if (twin === undefined) throw new Error(`${nameStory(story)} has no twin.`);
    const { kind, endpoint, manner } = plan;
    const fault = [nameStory(story), endpoint, kind.kind].join("\n");
    const verdict = met.get(fault) ?? (await playFault(story, plan, twin, sabotage));
    if (verdict.met === "once") met.set(fault, verdict);
    const { unsafe } = verdict;
    const result = { action: story.action, story: story.story, endpoint, kind: kind.kind, manner, unsafe };
    results.push(result);
    hear(result);
  }
  return results;
}

const nameStory = ({ action, story }: Story): string => `${action}, ${story}`;

/** The command that plays one cell again. */
export const replayCommand = ({ action, story, endpoint, kind, manner }: Result): string =>
  `npm run faults -- --action ${action} --story "${story}" --endpoint "${endpoint}" --kind ${kind} --manner ${manner}`;
