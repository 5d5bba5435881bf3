import { setTimeout } from "node:timers/promises";
import { type ApiAccess, endInTime, openOctokit } from "../open-octokit.ts";
import type { AssetFile, Goal } from "./decide-write.ts";
import type { Asset, GitHubRelease } from "./facts.ts";
import { LostReply } from "./lost-reply.ts";

/** Releases of an account's repositories, by GitHub's API. */
export type Releases = {
  readonly read: (repository: string, tag: string) => Promise<readonly GitHubRelease[]>;
  readonly createDraft: (goal: Goal) => Promise<GitHubRelease>;
  readonly upload: (release: GitHubRelease, file: AssetFile) => Promise<Asset>;
  readonly remove: (repository: string, asset: Asset) => Promise<void>;
};

/** How often a read is tried. */
const TRIES = 3;

/** Whose releases, by which token. */
export type Publisher = ApiAccess & { readonly owner: string };

/** @param pause waits before a read is tried again, which is never done with a write */
export function connectReleases(account: Publisher, pause = wait): Releases {
  const { owner } = account;
  const octokit = openOctokit(account);
  const { repos } = octokit.rest;
  return {
    read: async (repository, tag) => {
      const where = { owner, repo: repository, per_page: 100 };
      const all = await readPatiently(
        `read the releases of ${owner}/${repository}`,
        () => octokit.paginate(repos.listReleases, { ...where, request: endInTime() }),
        pause,
      );
      return all.filter((release) => release.tag_name === tag).map(describeRelease);
    },
    createDraft: async ({ repository, version, body, prerelease }) => {
      const tag = `v${version}`;
      const draft = { tag_name: tag, name: tag, body, prerelease, draft: true };
      const { data } = await write(`create a draft of ${owner}/${repository} ${tag}`, () =>
        repos.createRelease({ owner, repo: repository, ...draft, request: endInTime() }),
      );
      return describeRelease(data);
    },
    upload: async ({ uploadUrl: url }, { name, text }) => {
      const headers = { "content-type": "application/json" };
      const { data } = await write(`upload ${name}`, () =>
        octokit.request({ method: "POST", url, name, headers, data: text, request: endInTime() }),
      );
      return describeAsset(data as ApiAsset);
    },
    remove: async (repository, { id, name }) => {
      await write(`delete ${name} of ${owner}/${repository}`, () =>
        repos.deleteReleaseAsset({ owner, repo: repository, asset_id: id, request: endInTime() }),
      );
    },
  };
}

type ApiAsset = {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly digest?: string | null;
};
type ApiRelease = {
  readonly id: number;
  readonly draft: boolean;
  readonly upload_url: string;
  readonly assets: readonly ApiAsset[];
};

const describeRelease = ({ id, draft, upload_url, assets }: ApiRelease): GitHubRelease => ({
  id,
  draft,
  uploadUrl: upload_url,
  assets: assets.map(describeAsset),
});

const describeAsset = ({ id, name, state, digest }: ApiAsset): Asset => ({
  id,
  name,
  state,
  ...(digest ? { digest } : {}),
});

const wait = async (milliseconds: number): Promise<void> => setTimeout(milliseconds);

/**
 * Reads, and tries again while GitHub does not say that it refuses.
 * @param what the sentence's rest: `read the releases of acme/intake`
 */
export async function readPatiently<T>(what: string, read: () => Promise<T>, pause = wait): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (tries === TRIES || !isUnclear(error)) throw new Error(describeFailure(what, error));
      await pause(tries * 2_000);
    }
  }
}

async function write<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isUnclear(error)) throw new LostReply(describeFailure(what, error));
    throw new Error(describeFailure(what, error));
  }
}

/** Whether GitHub did not say that it refused; Octokit gives a broken connection the status 500. */
const isUnclear = (error: unknown): boolean =>
  statusFrom(error) === undefined || Number(statusFrom(error)) >= 500;

const statusFrom = (error: unknown): number | undefined => (error as { readonly status?: number }).status;

/** The cause is left out: it holds the whole request. */
function describeFailure(what: string, error: unknown): string {
  const reason = (error as Error).message.replace(/ - https:\/\/docs\.\S+$/, "");
  const remedy = isUnclear(error) ? "Run the release again." : "Check what the token may do there.";
  return `GitHub could not ${what} (${statusFrom(error)}: ${reason}). ${remedy}`;
}
