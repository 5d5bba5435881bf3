import type * as z from "zod";

/** What the generator writes beside a name; kept in zod's own metadata. */
export type InputMeta = {
  readonly description: string;
  /** Shown as the default in action.yml and README. */
  readonly shownDefault?: string;
  /** Written as `default:` in action.yml, because only the runner can evaluate it. */
  readonly runnerDefault?: string;
  readonly secret?: boolean;
  /** It holds a secret on each line; others hold one, or several with commas between. */
  readonly lines?: boolean;
  /** A command, or a text of people: `${…}` in it is nothing unusual. */
  readonly words?: boolean;
  /** It is meant for an action that reads no file, so this one does not take it from the file either. */
  readonly passed?: boolean;
  /** The action whose input it repeats: that action's section of the file counts for it, too. */
  readonly like?: string;
  /** An empty string has a meaning of its own for this input. */
  readonly emptyMeans?: string;
};

/** What the generator writes beside an input. */
export const readMeta = (schema: z.ZodType): InputMeta => (schema.meta() ?? { description: "" }) as InputMeta;
