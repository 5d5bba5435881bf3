/** A text with its comments blanked, and one with the contents of its strings blanked, too; offsets are the same. */
export type Masked = {
  /** Comments are blanks; strings are whole. */
  readonly bare: string;
  /** Comments and what strings hold are blanks; quotes stay. */
  readonly code: string;
};
