import { buildPacket, type Packet, type SuspectCommit, type SuspectFile } from "@patchpilot/evidence";
import { type Candidate, type CodeFindings, findEnvironment, type Request, readView } from "../facts.ts";
import { nameCategory } from "../words/category.ts";
import { speakOfStack } from "../words/stack.ts";
import { findCategory } from "./category.ts";
import { readChain } from "./chain.ts";
import { listStatements } from "./discussion.ts";
import { stateEvidence } from "./statements.ts";

/** Most bytes of the packet: the comment that shows it travels in the work order, which may have 32 KiB. */
const PACKET_BYTES = 12 * 1024;

/** The evidence of one candidate. Pure. */
export function packEvidence(
  candidate: Candidate,
  { files, goodRelease, discussion }: CodeFindings,
  suspects: readonly SuspectFile[],
  commits: readonly SuspectCommit[],
  secrets: readonly string[],
): Packet {
  const { view, request } = candidate;
  const { issue, event } = readView(view);
  const code = { files, suspects, commits };
  const rules = { maxBytes: PACKET_BYTES, secrets };
  if (request !== undefined) return buildPacket({ ...describeRequest(request, discussion), ...code }, rules);
  const categorised = findCategory(candidate);
  const { category } = categorised;
  const packet = buildPacket(
    {
      title: issue?.title ?? null,
      chain: readChain(candidate),
      statements: stateEvidence(candidate),
      transaction: event?.tags["transaction"] ?? null,
      culprit: event?.culprit ?? issue?.culprit ?? null,
      environment: findEnvironment(event),
      release: event?.release?.version ?? null,
      platform: event?.platform ?? issue?.platform ?? null,
      server: {
        "reported as": category === "error" ? null : nameCategory(categorised),
        "sentry issue": issue?.shortId,
        project: issue?.project.slug,
        level: issue?.level,
        priority: issue?.priority,
        state: issue === null ? null : [issue.status, issue.substatus].filter(Boolean).join(", "),
        events: issue?.count,
        users: issue?.userCount,
        "first seen": issue?.firstSeen,
        "last seen": issue?.lastSeen,
      },
      ...code,
      goodRelease,
    },
    rules,
  );
  const fields = packet.fields.map((field) => ({ ...field, text: speakOfStack(field.text, category) }));
  return { ...packet, fields };
}

const describeRequest = ({ title, words }: Request, discussion: CodeFindings["discussion"]) => ({
  title,
  words,
  discussion: discussion === undefined ? [] : listStatements(discussion),
  chain: [],
  server: {},
});
