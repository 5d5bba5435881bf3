/** Notes that something of a kind is hidden, and returns what is shown instead. */
export type Hide = (kind: string) => string;
