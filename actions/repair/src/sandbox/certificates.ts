import { existsSync, readdirSync } from "node:fs";

type Variables = Readonly<Record<string, string>>;

/** Variables that name files or folders of certificates, by the programs that read them. */
const PLACES = [
  ...["SSL_CERT_FILE", "SSL_CERT_DIR", "NIX_SSL_CERT_FILE", "CURL_CA_BUNDLE"],
  ...[
    "NODE_EXTRA_CA_CERTS",
    "npm_config_cafile",
    "NPM_CONFIG_CAFILE",
    "DENO_CERT",
    "YARN_HTTPS_CA_FILE_PATH",
  ],
  ...["REQUESTS_CA_BUNDLE", "PIP_CERT", "HTTPLIB2_CA_CERTS", "AWS_CA_BUNDLE"],
  ...["GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "CARGO_HTTP_CAINFO", "BUNDLE_SSL_CA_CERT", "COMPOSER_CAFILE"],
];

/** Variables that have a program use the machine's certificates instead of those it brings. */
const SWITCHES = ["NODE_USE_SYSTEM_CA", "UV_NATIVE_TLS", "UV_SYSTEM_CERTS", "DENO_TLS_CA_STORE"];

/** The machine's variables that say what certificates to trust: a proxy may open TLS with its own. */
export const pickCertificates = (machine: Variables): Record<string, string> =>
  Object.fromEntries(
    [...PLACES, ...SWITCHES].flatMap((name) => (machine[name] ? [[name, machine[name]]] : [])),
  );

/** Files and folders that those variables name. */
export const listCertificates = (machine: Variables): string[] =>
  PLACES.flatMap((name) => machine[name] || []);

/** Where an owner adds certificates to a machine, and the file that then holds all: Debian, Red Hat, SUSE. */
const STORES: readonly Store[] = [
  ["/usr/local/share/ca-certificates", "/etc/ssl/certs/ca-certificates.crt"],
  ["/etc/pki/ca-trust/source/anchors", "/etc/pki/tls/certs/ca-bundle.crt"],
  ["/etc/pki/trust/anchors", "/etc/ssl/ca-bundle.pem"],
];

type Store = readonly [added: string, all: string];

/** What Node, uv and Python's `requests` read: they bring certificates of their own, and look at no machine's. */
const BRING_THEIR_OWN = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"];

/**
 * Variables that have those trust what somebody added to the machine's certificates, such as that of a company's proxy.
 * @returns none where nothing was added
 */
export function trustAddedCertificates(stores = STORES): Record<string, string> {
  const [, bundle] = stores.find(([added, all]) => existsSync(all) && holdsFiles(added)) ?? [];
  return bundle === undefined ? {} : Object.fromEntries(BRING_THEIR_OWN.map((name) => [name, bundle]));
}

function holdsFiles(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}
