/** A repository and the GitHub that has it. */
export type HostedRepository = {
  /** `github.com`, or the host of your GitHub Enterprise Server. */
  readonly host: string;
  readonly owner: string;
  readonly repo: string;
};

const ADDRESS =
  /^(?:(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/|(?:[^@/:]*@)?([^/:]+):)([^/]+)\/([^/]+?)(?:\.git)?\/?$/;

/** Reads the address of a git remote, by https or ssh; undefined: it names no repository on a host. */
export function findPlace(remote: string): HostedRepository | undefined {
  const [, plain, scp, owner, repo] = ADDRESS.exec(remote.trim()) ?? [];
  const host = (plain ?? scp)?.toLowerCase();
  if (host === undefined || owner === undefined || repo === undefined) return undefined;
  // GitHub's ssh over the port of https.
  return { host: host === "ssh.github.com" ? "github.com" : host, owner, repo };
}

/** Addresses of the APIs of a host. A host under `ghe.com` has them under `api.`. */
export function findApi(host: string): { readonly apiUrl: string; readonly graphqlUrl: string } {
  if (host === "github.com")
    return { apiUrl: "https://api.github.com", graphqlUrl: "https://api.github.com/graphql" };
  if (host.endsWith(".ghe.com"))
    return { apiUrl: `https://api.${host}`, graphqlUrl: `https://api.${host}/graphql` };
  return { apiUrl: `https://${host}/api/v3`, graphqlUrl: `https://${host}/api/graphql` };
}
