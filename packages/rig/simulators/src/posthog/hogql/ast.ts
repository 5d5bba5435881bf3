/** The part of HogQL's syntax tree that is evaluated here; names are those of PostHog's own parser. */
export type Expression =
  | { readonly node: "Field"; readonly chain: readonly (string | number)[] }
  | { readonly node: "Constant"; readonly value: string | number | boolean | null }
  | { readonly node: "Placeholder"; readonly expr: Expression }
  | { readonly node: "Call"; readonly name: string; readonly args: readonly Expression[] }
  | Comparison
  | {
      readonly node: "ArithmeticOperation";
      readonly op: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly node: "And" | "Or" | "Array" | "Tuple"; readonly exprs: readonly Expression[] };

export type Comparison = {
  readonly node: "CompareOperation";
  readonly op: string;
  readonly left: Expression;
  readonly right: Expression;
};

/** One column of a result: its name and what it holds. */
export type Column = { readonly name: string; readonly expression: Expression };

export type Order = { readonly by: Expression; readonly descending: boolean };

/** A SELECT over `events`, with placeholders filled in. */
export type Select = {
  readonly columns: readonly Column[];
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly orderBy: readonly Order[];
  readonly limit: number;
};

/** A query that PostHog would refuse, or that is not mapped here; both by name. */
export class HogqlRefusal extends Error {}

/** Whether two expressions are the same text. */
export const isSame = (left: Expression, right: Expression): boolean =>
  JSON.stringify(left) === JSON.stringify(right);
