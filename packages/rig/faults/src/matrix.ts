import { seeded } from "@patchpilot/conformance/worlds/race/random";
import type { PlayedStory } from "./judge/judge-run.ts";
import { FAULT_KINDS } from "./kinds.ts";
import { playCell, playStory, type UnsafeChange } from "./play-cell.ts";
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

/** Stories that were played without a fault, by story. */
export type StoryTwins = ReadonlyMap<Story, PlayedStory>;

export async function playTwins({ action, story }: CellChoice = {}): Promise<StoryTwins> {
  const twins = new Map<Story, PlayedStory>();
  for (const each of FAULT_STORIES) {
    if ((action ?? each.action) !== each.action || (story ?? each.story) !== each.story) continue;
    const twin = await playStory(each);
    if (twin.end.said === undefined)
      throw new Error(`${nameStory(each)} fails without a fault.`, { cause: twin.end.error });
    twins.set(each, twin);
  }
  return twins;
}

/** Every endpoint that a story asks, with every kind that can happen to it, once and each time. */
export function listCells(twins: StoryTwins, choice: CellChoice = {}): FaultCell[] {
  return [...twins]
    .flatMap(([story, { sent }]) => {
      const endpoints = new Map(sent.map(({ asked }) => [asked.endpoint, asked]));
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

export async function playCells(
  cells: readonly FaultCell[],
  twins: StoryTwins,
  hear: (result: Result) => void = () => undefined,
  sabotage?: UnsafeChange,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const { story, plan } of cells) {
    const twin = twins.get(story);
    if (twin === undefined) throw new Error(`${nameStory(story)} has no twin.`);
    const unsafe = await playCell(story, plan, twin, sabotage);
    const { kind, endpoint, manner } = plan;
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
