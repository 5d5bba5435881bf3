/** What the gate of a patch has shown, if it let it pass. */
export const RULES_PASSED =
  "- ✅ PatchPilot's rules refuse nothing of it: no protected path, no secret, no hidden text, no sensor that is only silenced.";

export const NOT_CHECKED = "- **Not checked:** whether it is right. Read it as you would a stranger's.";

/**
 * Since June 2026 GitHub makes runs for a pull request of the workflow's own token, but lets none begin before somebody
 * with write access approves them; Enterprise Server makes none:
 * https://docs.github.com/en/actions/concepts/security/github_token
 */
export const runCi = (hasOwnToken: boolean): string =>
  hasOwnToken
    ? "it starts as for any pull request."
    : "if it has not started, choose *Approve workflows to run* in the merge box. If that is not there, close this pull request and reopen it at once.";

/** A part that is folded until somebody opens it. */
export const foldDetails = (title: string, lines: readonly string[]): string[] => [
  "<details>",
  `<summary>${title}</summary>`,
  "",
  ...lines,
  "",
  "</details>",
  "",
];
