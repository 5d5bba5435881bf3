export { callGit, firstComplaint, GitFailure, type GitPlace, type GitReply, git } from "./call-git.ts";
export { type RawChange, readRawDiff, type TreeFile } from "./raw-diff.ts";
