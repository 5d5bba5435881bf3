export { applyToIndex } from "./apply-to-index.ts";
export { callGit, firstComplaint, GitFailure, type GitPlace, type GitReply, git } from "./call-git.ts";
export { PLAIN_MODES, RAW_DIFF, type RawChange, readRawDiff, type TreeFile } from "./raw-diff.ts";
export { hideToken, type Remote } from "./remote.ts";
