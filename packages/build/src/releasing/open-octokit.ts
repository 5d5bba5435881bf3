import { getOctokit } from "@actions/github";

/** By which token GitHub's API is asked. */
export type ApiAccess = {
  readonly token: string;
  /** Address of the API; by default what `GITHUB_API_URL` says. */
  readonly api?: string;
};

/** A client of GitHub's API. */
export const openOctokit = ({ token, api }: ApiAccess) =>
  getOctokit(token, api === undefined ? {} : { baseUrl: api });

/** Options that end a request after a minute. */
export const endInTime = () => ({ signal: AbortSignal.timeout(60_000) });
