/** The variables that name a proxy, in upper or lower case. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Sends this process's calls through the proxy that the environment names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).
 * Node does it by itself; nothing is loaded where no proxy is configured. Health probes never use it: they
 * connect to the address that was checked.
 * @returns whether a proxy is used.
 * @param version of Node
 * @throws Error where this Node cannot switch it on after start (before 24.14), or only for `fetch` (before 24.5); the
 * message says how else.
 */
export async function useProxy(
  environment: ProxyEnvironment,
  version = process.versions.node,
): Promise<boolean> {
  const pick = (name: string) => environment[name] || environment[name.toLowerCase()] || undefined;
  const settings = {
    http_proxy: pick("HTTP_PROXY"),
    https_proxy: pick("HTTPS_PROXY"),
    no_proxy: pick("NO_PROXY"),
  };
  if (settings.http_proxy === undefined && settings.https_proxy === undefined) return false;
  if (environment["NODE_USE_ENV_PROXY"] === "1") {
    if (/^24\.[0-4]\./.test(version))
      throw new Error(
        `A proxy is configured, and the runner's Node ${version} does not send all calls through it. Update the runner.`,
      );
    return true;
  }
  const http = (await import("node:http")) as { setGlobalProxyFromEnv?: (env: typeof settings) => unknown };
  if (http.setGlobalProxyFromEnv === undefined) {
    throw new Error(
      "A proxy is configured, but this Node uses none by default. Set NODE_USE_ENV_PROXY: 1 in the job's env.",
    );
  }
  http.setGlobalProxyFromEnv(settings);
  return true;
}
