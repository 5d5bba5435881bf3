export { type CleaningRules, type CleanText, cleanText, sumCleaning, WITHHELD } from "./clean-text.ts";
export { defang } from "./defang.ts";
export { addRemoved, countRemoved, NOTHING_REMOVED, type Removed } from "./hidden-characters.ts";
export { inertCode, inertLink, inertQuote, inertSubject } from "./inert.ts";
export { readIssueText } from "./issue-text.ts";
export {
  closeFence,
  cutMarkdown,
  fence,
  inlineCode,
  link,
  MARKDOWN_LIMIT,
  tableCell,
  titleText,
} from "./markdown.ts";
export { findOrders, foldForMatching } from "./matching.ts";
export { type OperationFacts, rankFilesOfOperation } from "./operation-suspects.ts";
export {
  buildPacket,
  type EvidenceFacts,
  evidenceSection,
  type Field,
  hashEvidence,
  type Packet,
  type Provenance,
  packetText,
  readEvidenceSection,
  renderPacket,
} from "./packet.ts";
export { countRedactions, type Redacted, type Redactions, redact } from "./redact.ts";
export { redactValues } from "./redact-values.ts";
export {
  arrangeFiles,
  type FileMatch,
  findFile,
  findPath,
  pathSegments,
  type RepositoryFiles,
} from "./repository-files.ts";
export { describeRemoved, oneLine, type Sanitised, sanitise } from "./sanitise.ts";
export { type SecretPattern, secretPatterns } from "./secret-patterns.ts";
export { type Signature, signatureOf, signatureOfName } from "./signature.ts";
export {
  type Comparable,
  compareIncidents,
  findSimilar,
  LEAST_SIMILARITY,
  type Similarity,
} from "./similarity.ts";
export {
  filesOfStack,
  type MappedFrame,
  mapFrames,
  rankCommits,
  rankFiles,
  type SuspectCommit,
  type SuspectFile,
  type TouchingCommit,
} from "./suspects.ts";
export { crashFrame, type Frame, isOwnFrame, primaryThrown, type Thrown } from "./thrown.ts";
export { cutAtCodePoint, truncate } from "./truncate.ts";
