export { cleanText } from "./clean-text.ts";
export { arrangeDartPackages, listPubspecs, needsDartPackages } from "./dart-packages.ts";
export type { RepositoryFiles } from "./file-match.ts";
export { bareFunctionName } from "./function-names.ts";
export { countRemoved } from "./hidden-characters.ts";
export { type IdentifiedError, identifyError } from "./identity.ts";
export { inertCode, inertLink, inertQuote, inertSentence, inertSubject } from "./inert.ts";
export { readIssueText } from "./issue-text.ts";
export { chooseMain } from "./main-exception.ts";
export { findCrash, type MappedFrame, mapFrames } from "./mapped-frames.ts";
export {
  closeFence,
  cutMarkdown,
  fence,
  inlineCode,
  link,
  tableCell,
  titleText,
} from "./markdown.ts";
export { isReported, type NamedPlaces, rankNamedFiles } from "./named-suspects.ts";
export { rankFilesOfOperation } from "./operation-suspects.ts";
export { buildPacket, type Packet } from "./packet.ts";
export { evidenceSection, hashEvidence, packetText } from "./packet-text.ts";
export {
  countThings,
  describeCount,
  describeMilliseconds,
  describeRate,
  describeRateChange,
} from "./quantities.ts";
export { readShownExceptions, type ShownException } from "./read-exceptions.ts";
export { redact } from "./redact.ts";
export { redactValues } from "./redact-values.ts";
export { arrangeFiles } from "./repository-files.ts";
export { describeRemoved, oneLine, sanitise } from "./sanitise.ts";
export { secretPatterns } from "./secret-patterns.ts";
export { type Families, readFamily } from "./secrets/public-formats.ts";
export { TOKEN_FORMATS } from "./secrets/token-formats.ts";
export { asSentence } from "./sentence.ts";
export { makeSignature, signatureOfName, stableMessage } from "./signature.ts";
export { findSimilar, type Similarity } from "./similarity.ts";
export {
  filesOfStack,
  rankCommits,
  rankFiles,
  type SuspectCommit,
  type SuspectFile,
  type TouchingCommit,
} from "./suspects.ts";
export { isOwnFrame, primaryThrown, type Thrown } from "./thrown.ts";
export { cutAtCodePoint } from "./truncate.ts";
