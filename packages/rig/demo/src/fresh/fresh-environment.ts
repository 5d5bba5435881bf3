/** Settings of npm that say how the registry is reached; npmrc files name them with hyphens. */
export const NPM_SETTINGS = ["registry", "cafile", "strict-ssl", "proxy", "https-proxy", "noproxy"] as const;

/** All that a fresh machine keeps of this one's environment: how the registry is reached. */
const REACHING = [
  ...["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]),
  ...["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO"],
  ...NPM_SETTINGS.map(findVariable),
];

/** The folders of the fresh machine. */
export type FreshFolders = Readonly<Record<"home" | "temporary" | "binaries" | "gitConfig", string>>;

/**
 * The environment of somebody who has Node, npm, git and the system's tools and nothing else.
 * @param own this process's environment
 * @param npm what npm reads from its files here, by the names of `NPM_SETTINGS`; the fresh home has none
 */
export function freshEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  npm: ReadonlyMap<string, string>,
  { home, temporary, binaries, gitConfig }: FreshFolders,
): Record<string, string> {
  const fromFiles = [...npm].map(([name, value]) => [findVariable(name), value] as const);
  const kept = REACHING.flatMap((name) => (own[name] ? [[name, own[name]] as const] : []));
  return {
    ...Object.fromEntries([...fromFiles, ...kept]),
    HOME: home,
    TMPDIR: temporary,
    PATH: `${binaries}:/usr/bin:/bin`,
    GIT_CONFIG_GLOBAL: gitConfig,
  };
}

function findVariable(setting: string): string {
  return `npm_config_${setting.replaceAll("-", "_")}`;
}
