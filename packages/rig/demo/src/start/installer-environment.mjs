// @ts-check

/** What tells npm how to reach the registry, and pnpm by a name of its own. */
const REACHING = /^npm_config_(registry|cafile|ca|strict_ssl|proxy|https?_proxy|noproxy)$/i;

/** Two more tries within seconds; by themselves npm and pnpm try for more than a minute without a word. */
const RETRIES = { fetch_retries: "2", fetch_retry_mintimeout: "1000", fetch_retry_maxtimeout: "2000" };

/**
 * The environment in which npm fetches pnpm, and pnpm the packages. What the person has set comes first.
 * @param {NodeJS.ProcessEnv} own
 * @returns {NodeJS.ProcessEnv}
 */
export function installerEnvironment(own) {
  const retries = Object.entries(RETRIES).flatMap(([name, value]) => [
    [`npm_config_${name}`, value],
    [`pnpm_config_${name}`, value],
  ]);
  const reaching = Object.entries(own).flatMap(([name, value]) => {
    const [, setting] = REACHING.exec(name) ?? [];
    return setting === undefined ? [] : [[`pnpm_config_${setting.toLowerCase()}`, value]];
  });
  return { ...Object.fromEntries([...retries, ...reaching]), ...own, npm_config_loglevel: "error" };
}
