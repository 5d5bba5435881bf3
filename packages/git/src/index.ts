export { applyToIndex } from "./apply-to-index.ts";
export {
  askGit,
  callGit,
  firstComplaint,
  GitFailure,
  type GitPlace,
  type GitReply,
  git,
  isCommitIn,
  type JobGit,
  readOutput,
} from "./call-git.ts";
export { PLAIN_MODES, RAW_DIFF, type RawChange, readRawDiff, type TreeFile } from "./raw-diff.ts";
export { hideToken, type Remote } from "./remote.ts";
