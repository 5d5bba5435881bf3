import { createHash } from "node:crypto";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

/** One line of a tree. Modes are git's own: `100644`, `100755`, `120000`, `160000`, and `40000` for a tree. */
export type TreeObjectEntry = { readonly mode: string; readonly name: string; readonly oid: string };

/** Who made a commit and when, in whole seconds since the epoch. */
export type GitSignature = { readonly name: string; readonly email: string; readonly seconds: number };

export type CommitObject = {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitSignature;
  readonly committer: GitSignature;
  readonly message: string;
};

/** An annotated tag. */
export type TagObject = {
  readonly object: { readonly oid: string; readonly type: ObjectType };
  readonly name: string;
  readonly tagger: GitSignature;
  readonly message: string;
};

/** The name git gives an object: SHA-1 over its header and bytes. */
export function nameObject(type: ObjectType, data: Buffer): string {
  return createHash("sha1").update(`${type} ${data.length}\0`).update(data).digest("hex");
}

export function encodeCommit(commit: CommitObject): Buffer {
  const parents = commit.parents.map((parent) => `parent ${parent}\n`).join("");
  return Buffer.from(
    `tree ${commit.tree}\n${parents}author ${signatureLine(commit.author)}\ncommitter ${signatureLine(commit.committer)}\n\n${commit.message}`,
  );
}

export function decodeCommit(data: Buffer): CommitObject {
  const { readHeader, message } = readHeaders(data);
  const [tree] = readHeader("tree");
  if (tree === undefined) throw new Error("This git commit names no tree.");
  return {
    tree,
    parents: readHeader("parent"),
    author: readSignature(readHeader("author")[0]),
    committer: readSignature(readHeader("committer")[0]),
    message,
  };
}

export function encodeTag({ object, name, tagger, message }: TagObject): Buffer {
  const { oid, type } = object;
  return Buffer.from(
    `object ${oid}\ntype ${type}\ntag ${name}\ntagger ${signatureLine(tagger)}\n\n${message}`,
  );
}

export function decodeTag(data: Buffer): TagObject {
  const { readHeader, message } = readHeaders(data);
  const [[oid = ""], [type], [name = ""]] = [readHeader("object"), readHeader("type"), readHeader("tag")];
  const object = { oid, type: type as ObjectType };
  return { object, name, tagger: readSignature(readHeader("tagger")[0]), message };
}

/** Commits and tags begin with lines of a name and a value; the message follows a blank one. */
function readHeaders(data: Buffer) {
  const text = data.toString();
  const end = text.indexOf("\n\n");
  const headers = text.slice(0, end).split("\n");
  return {
    readHeader: (name: string): string[] =>
      headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1)),
    message: text.slice(end + 2),
  };
}

/** Trees are sorted by name, a folder as if its name ended in a slash. */
export function encodeTree(entries: readonly TreeObjectEntry[]): Buffer {
  const sortName = (entry: TreeObjectEntry): Buffer =>
    Buffer.from(isTree(entry) ? `${entry.name}/` : entry.name);
  const sorted = [...entries].sort((left, right) => Buffer.compare(sortName(left), sortName(right)));
  return Buffer.concat(
    sorted.flatMap((entry) => [Buffer.from(`${entry.mode} ${entry.name}\0`), Buffer.from(entry.oid, "hex")]),
  );
}

export function decodeTree(data: Buffer): TreeObjectEntry[] {
  const entries: TreeObjectEntry[] = [];
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const end = data.indexOf(0, space);
    entries.push({
      mode: data.toString("utf8", at, space),
      name: data.toString("utf8", space + 1, end),
      oid: data.toString("hex", end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}

export function isTree(entry: { readonly mode: string }): boolean {
  return entry.mode === "40000";
}

function signatureLine(signature: GitSignature): string {
  return `${signature.name} <${signature.email}> ${signature.seconds} +0000`;
}

function readSignature(line: string | undefined): GitSignature {
  const [, name, email, seconds] = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line ?? "") ?? [];
  if (name === undefined || email === undefined) throw new Error(`Not a git signature: ${line}`);
  return { name, email, seconds: Number(seconds) };
}
