import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type ArtifactListener, ArtifactStore } from "./built-in/artifact-store.ts";
import { RUNNER_GRACE, realDelay } from "./contract/child-process.ts";
import type { DefaultedHost, Host, NeededHost } from "./host.ts";
import type { RunnerEvent } from "./run/records.ts";

export type RunnerOptions = NeededHost &
  Partial<DefaultedHost> & {
    /** File names and their texts. */
    readonly workflows: Readonly<Record<string, string>>;
    /**
     * Texts of workflows in other repositories that these call, by `owner/name/.github/workflows/file.yml@ref`, or without
     * `@ref` for every ref. `./.github/workflows/file.yml` means one of `workflows`.
     */
    readonly calledWorkflows?: Readonly<Record<string, string>>;
    /** The commit that a full ref points at. */
    readonly headSha: (ref: string) => string | Promise<string>;
    /** Whether a workflow, by its file name, is switched off as GitHub does it; asked at every event. Default: none is. */
    readonly isOff?: (file: string) => boolean;
    /** Told of every change, at once. */
    readonly onEvent?: (event: RunnerEvent) => void;
    /** Told of every artifact that a run keeps, with its files. */
    readonly onArtifact?: ArtifactListener;
    /** Folders of programs, such as git and bash. Default: SYSTEM_PATH. */
    readonly path?: readonly string[];
  };

/** Where git and bash are on most machines. */
export const SYSTEM_PATH: readonly string[] = ["/usr/local/bin", "/usr/bin", "/bin"];

/** A host with its own temporary folder, which `close` removes. */
export type OpenHost = Host & { readonly close: () => Promise<void> };

/** Resolves the options' defaults and makes the folder for workspaces and artifacts. */
export async function openHost(options: RunnerOptions): Promise<OpenHost> {
  const node = ownNode();
  const root = await mkdtemp(join(tmpdir(), "workflow-runner-"));
  let jobs = 0;
  return {
    repository: options.repository,
    urls: options.urls,
    actions: options.actions,
    secrets: options.secrets ?? {},
    vars: options.vars ?? {},
    mintToken: options.mintToken,
    revokeToken: options.revokeToken ?? (() => undefined),
    now: options.now,
    emit: options.onEvent ?? (() => undefined),
    node,
    path: [dirname(node), ...(options.path ?? SYSTEM_PATH)].join(delimiter),
    grace: options.grace ?? RUNNER_GRACE,
    delay: options.delay ?? realDelay,
    artifacts: new ArtifactStore(join(root, "artifacts"), options.onArtifact),
    makeFolder: async (name) => {
      const folder = join(root, name);
      await mkdir(folder, { recursive: true });
      return folder;
    },
    removeFolder: (folder) => rm(folder, { recursive: true, force: true }),
    nextJobId: () => ++jobs,
    close: () => rm(root, { recursive: true, force: true }),
  };
}

function ownNode(): string {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= 24) return process.execPath;
  throw new Error(
    `Actions run on node 24, and this is node ${process.versions.node}: start it with node 24.`,
  );
}
