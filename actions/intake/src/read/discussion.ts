import { type Attachment, findAttachments } from "../decide/attachments.ts";
import { describeEdit } from "../decide/discussion.ts";
import type { Candidate, Discussion } from "../facts.ts";
import type { IntakePorts } from "../ports.ts";

/** People whose permission is asked for, of one issue, and text attachments that are read. */
const MOST_PEOPLE = 10;
const MOST_FILES = 5;

type Said = Discussion["said"][number];

/**
 * What people with write access said about a request, in order, with what was attached: a stranger's comment is no
 * evidence. Undefined where it is no request. An attachment that cannot be read is named with the reason.
 */
export async function readDiscussion(
  { request, incident }: Candidate,
  ports: Pick<IntakePorts, "mayWrite" | "attachments">,
): Promise<Discussion | undefined> {
  if (request === undefined) return undefined;
  const { comments = [], leftOut = 0 } = incident.discussion ?? {};
  const permitted = new Map<string, boolean>();
  const said: Said[] = [];
  let ignored = 0;
  for (const comment of comments) {
    const { login } = comment.author;
    if (!permitted.has(login))
      permitted.set(login, permitted.size < MOST_PEOPLE && (await ports.mayWrite(login)));
    if (permitted.get(login) === true)
      said.push({ by: login, text: comment.text, edit: describeEdit(comment, incident) });
    else ignored += 1;
  }
  const texts = [request.words, ...said.map(({ text }) => text)];
  const attached = texts.flatMap((text) => findAttachments(text, ports.attachments.serverUrl));
  const files = await readFiles(unique(attached), ports);
  return { said, ignored, leftOut, files };
}

const unique = (attached: readonly Attachment[]): Attachment[] => [
  ...new Map(attached.map((one) => [one.url, one])).values(),
];

async function readFiles(
  attached: readonly Attachment[],
  { attachments }: Pick<IntakePorts, "attachments">,
): Promise<Discussion["files"]> {
  const files: Discussion["files"][number][] = [];
  let read = 0;
  for (const { name, url, kind } of attached) {
    if (kind !== "text") files.push({ name, url, kind });
    else if (read >= MOST_FILES)
      files.push({ name, url, kind, missing: `only the first ${MOST_FILES} are read` });
    else {
      read += 1;
      files.push({ name, url, kind, ...(await readText(url, attachments)) });
    }
  }
  return files;
}

async function readText(
  url: string,
  { read }: IntakePorts["attachments"],
): Promise<{ readonly text: string } | { readonly missing: string }> {
  try {
    const bytes = await read(url);
    // A zero byte is in no text: what calls itself a log may be anything.
    if (bytes.includes(0)) return { missing: "it is not text" };
    return { text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}
