/** The part of HogQL's syntax tree that is evaluated here; names are those of PostHog's own parser. */
export type HogqlExpression =
  | { readonly node: "Field"; readonly chain: readonly (string | number)[] }
  | { readonly node: "Constant"; readonly value: string | number | boolean | null }
  | { readonly node: "Placeholder"; readonly expr: HogqlExpression }
  | { readonly node: "Call"; readonly name: string; readonly args: readonly HogqlExpression[] }
  | HogqlComparison
  | {
      readonly node: "ArithmeticOperation";
      readonly op: string;
      readonly left: HogqlExpression;
      readonly right: HogqlExpression;
    }
  | { readonly node: "And" | "Or" | "Array" | "Tuple"; readonly exprs: readonly HogqlExpression[] };

export type HogqlComparison = {
  readonly node: "CompareOperation";
  readonly op: string;
  readonly left: HogqlExpression;
  readonly right: HogqlExpression;
};

/** One column of a result: its name and what it holds. */
export type Column = { readonly name: string; readonly expression: HogqlExpression };

export type HogqlOrder = { readonly by: HogqlExpression; readonly descending: boolean };

/** A SELECT over `events`, with placeholders filled in. */
export type Select = {
  readonly columns: readonly Column[];
  readonly where: HogqlExpression | undefined;
  readonly groupBy: readonly HogqlExpression[];
  readonly orderBy: readonly HogqlOrder[];
  readonly limit: number;
};

/** A query that PostHog would refuse, or that is not mapped here; both by name. */
export class HogqlRefusal extends Error {}

/** Whether two expressions are the same text. */
export const isSameExpression = (left: HogqlExpression, right: HogqlExpression): boolean =>
  JSON.stringify(left) === JSON.stringify(right);
