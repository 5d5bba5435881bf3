/** What a `uses:` is pinned to: a commit, and the version that the comment beside it says. */
export type Pin = { readonly sha: string; readonly version: string };

/** Each action's, by its name. */
export type Pins = Readonly<Record<string, Pin>>;
