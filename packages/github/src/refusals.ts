/** Refusals that GitHub explains in words alone; for all of them it answers 403, or FORBIDDEN. */
const CAUSES: readonly (readonly [words: RegExp, remedy: string])[] = [
  [
    /IP allow ?list/i,
    "The organization lets in only the addresses on its IP allow list, and this runner's is not on it: add it, or use a runner with a fixed address that is (self-hosted, or a larger runner with static addresses).",
  ],
  [
    /\bSAML\b/i,
    "Authorize the token for the organization's single sign-on, or leave `github-token` out to use the job's own token.",
  ],
  [/issue is locked|conversation is locked/i, "Unlock the conversation of this issue."],
  [
    /archived/i,
    "The repository is archived and so read-only: unarchive it, or switch off the workflow that runs this.",
  ],
  [/suspended/i, "The account or the App's installation is suspended: have an owner lift that."],
];

/** What helps against a refusal, by the reason that GitHub gives; undefined: it gives none that is known. */
export const remedyForRefusal = (message: string): string | undefined =>
  CAUSES.find(([words]) => words.test(message))?.[1];
