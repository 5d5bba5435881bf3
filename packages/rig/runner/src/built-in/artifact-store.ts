import { cp, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export type StoredArtifact = {
  readonly id: number;
  readonly runId: number;
  readonly runAttempt: number;
  readonly name: string;
};

/** Told of an artifact that is kept, with its files by their paths. */
export type ArtifactListener = (
  artifact: StoredArtifact,
  files: Readonly<Record<string, Uint8Array>>,
) => void;

/** The artifacts of a repository's runs, as folders. A name is taken once in a run attempt. */
export class ArtifactStore {
  readonly #folder: string;
  readonly #listener: ArtifactListener;
  #artifacts: StoredArtifact[] = [];
  readonly #taken = new Set<string>();
  #last = 0;

  /** @param folder where the files are kept; made on first use */
  constructor(folder: string, listener: ArtifactListener = () => undefined) {
    this.#folder = folder;
    this.#listener = listener;
  }

  /** Artifacts of a run, over all its attempts, oldest first. */
  list(runId: number): readonly StoredArtifact[] {
    return this.#artifacts.filter((artifact) => artifact.runId === runId);
  }

  /** The newest artifact of that name in a run. */
  find(runId: number, name: string): StoredArtifact | undefined {
    return this.list(runId).findLast((artifact) => artifact.name === name);
  }

  /** Where an artifact's files lie. */
  folderOf(artifact: StoredArtifact): string {
    return join(this.#folder, String(artifact.id));
  }

  /**
   * Keeps copies of files.
   * @param files path inside the artifact and the file to copy
   * @param overwrite whether an older artifact of that name goes
   * @throws Error where the run attempt has an artifact of that name that stays
   */
  async add(
    owner: { readonly runId: number; readonly runAttempt: number; readonly name: string },
    files: readonly { readonly path: string; readonly source: string }[],
    overwrite = false,
  ): Promise<StoredArtifact> {
    const { runId, runAttempt, name } = owner;
    const key = `${runId}/${runAttempt}/${name}`;
    if (this.#taken.has(key) && !overwrite) {
      throw new Error(
        `An artifact named ${name} exists in this run already; names are taken once in a run attempt.`,
      );
    }
    this.#taken.add(key);
    this.#last += 1;
    const id = this.#last;
    const contents: Record<string, Uint8Array> = {};
    for (const { path, source } of files) {
      const target = join(this.#folder, String(id), path);
      await mkdir(dirname(target), { recursive: true });
      await cp(source, target);
      contents[path] = await readFile(target);
    }
    const artifact = { id, runId, runAttempt, name };
    if (overwrite)
      this.#artifacts = this.#artifacts.filter((old) => old.runId !== runId || old.name !== name);
    this.#artifacts.push(artifact);
    this.#listener(artifact, contents);
    return artifact;
  }
}
