/** A judgement with the sentences that explain it, weightiest first. */
export type Scored<T> = { readonly value: T; readonly reasons: readonly string[] };

/** What counts for or against a judgement, and how much. */
export type ScoreMark = readonly [weight: number, reason: string];

export const markIf = (holds: boolean, weight: number, reason: string): ScoreMark[] =>
  holds ? [[weight, reason]] : [];

/** A confidence by the shares of its marks, to two digits. */
export const addShares = (marks: readonly ScoreMark[], most: number): Scored<number> => ({
  value: Math.round(Math.min(most, sumWeights(marks)) * 100) / 100,
  reasons: marks.map(([, reason]) => reason),
});

export const sumWeights = (marks: readonly ScoreMark[]): number =>
  marks.reduce((sum, [weight]) => sum + weight, 0);
