import type { StoryReport } from "../../src/story/run-scenario.ts";

type Written = StoryReport["written"];
type Comment = Written["later"][number];

/**
 * What speaks against "each turn of a person, and each end, makes exactly one new comment with a mention, all others are
 * edits or mention nobody, and ticks after the end announce nothing anew".
 */
export function findWrongNotices({ untilEnd, later }: Written): string[] {
  const created = [...untilEnd, ...later].filter(({ action }) => action === "created");
  const first = created.filter(({ turn }) => turn?.reminder === 0);
  const byTurn = Map.groupBy(first, ({ number, turn }) => `#${number} ${turn?.key}`);
  const known = new Set(untilEnd.flatMap(({ number, turn }) => (turn ? [`#${number} ${turn.key}`] : [])));
  return [
    ...[...byTurn]
      .filter(([, those]) => those.length !== 1)
      .map(([key, those]) => `${key} is said ${those.length} times`),
    ...created.filter(({ turn, mentions }) => (turn !== undefined) !== mentions).map(describeMention),
    ...later
      .filter(({ action, number, turn }) => action === "created" && known.has(`#${number} ${turn?.key}`))
      .map(({ number, at, turn }) => `a tick after the end says ${turn?.key} again on #${number} at ${at}`),
  ];
}

const describeMention = ({ number, at, mentions, turn }: Comment): string =>
  `a comment on #${number} at ${at} ${mentions ? "mentions someone and announces no turn" : `announces ${turn?.key} and mentions nobody`}`;
