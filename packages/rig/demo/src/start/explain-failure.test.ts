import { expect, test } from "vitest";
import { explainFailure } from "./explain-failure.mjs";

const pnpmSays = (reason: string): string =>
  `Scope: 10 of 25 workspace projects\nError: ERR_PNPM_META_FETCH_FAIL\n\n  × installing dependencies\n  ╰─▶ ${reason}\n\n`;
const statusOf = (status: string): string =>
  pnpmSays(
    `ERR_PNPM_RESOLVING_NPM_RESOLVER_NETWORK_ERROR: Failed to fetch metadata\n      from http://127.0.0.1/@actions%2Fio: HTTP status client error (${status})`,
  );

const failures: [string, string, RegExp][] = [
  [
    "a registry that refuses connections",
    "npm error code ECONNREFUSED\nnpm error FetchError: request to http://127.0.0.1:9/pnpm failed, reason: connect ECONNREFUSED 127.0.0.1:9\nnpm error     at ClientRequest.emit (node:events:524:28)\n",
    /because the npm registry cannot be reached: request to http:\/\/127.*ECONNREFUSED 127\.0\.0\.1:9\. Check the network/,
  ],
  [
    "a registry whose name is unknown",
    "npm error code ENOTFOUND\nnpm error network request to https://registry.invalid/pnpm failed, reason: getaddrinfo ENOTFOUND registry.invalid\n",
    /cannot be reached: .*ENOTFOUND registry\.invalid\. .*HTTPS_PROXY/,
  ],
  [
    "a registry that pnpm cannot reach",
    pnpmSays(
      "Failed to fetch metadata from http://127.0.0.1:9/x: error sending\n      request: client error (Connect): Connection refused (os error\n      111)",
    ),
    /cannot be reached: Failed to fetch .* error sending request: .* \(os error 111\)\. Check/,
  ],
  [
    "a registry that is down",
    "npm error code E503\nnpm error 503 Service Unavailable - GET http://127.0.0.1/pnpm\n",
    /cannot be reached: 503/,
  ],
  [
    "a certificate that nobody vouches for",
    "npm error code SELF_SIGNED_CERT_IN_CHAIN\nnpm error request to https://registry.npmjs.org/pnpm failed, reason: self-signed certificate in certificate chain\n",
    /certificate is not trusted here: .*NODE_EXTRA_CA_CERTS/,
  ],
  [
    "a certificate that pnpm does not trust",
    pnpmSays("error sending request: invalid peer certificate: UnknownIssuer"),
    /certificate is not trusted/,
  ],
  [
    "a registry that wants a token",
    "npm error code E401\nnpm error 401 Unauthorized - GET http://127.0.0.1/pnpm\n",
    /refuses access: 401/,
  ],
  ["a registry that forbids", statusOf("403\n      Forbidden"), /refuses access: .*403 Forbidden/],
  [
    "a mirror without the package",
    "npm error code E404\nnpm error 404 Not Found - GET http://127.0.0.1/pnpm\n",
    /does not have a package: 404 Not Found/,
  ],
  [
    "a mirror without one of pnpm's packages",
    statusOf("404 Not Found"),
    /does not have a package: .*registry=/,
  ],
  [
    "a full disk",
    "npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write\n",
    /a disk is full: ENOSPC: no space left on device, write\. .*390 MB/,
  ],
  [
    "a folder of somebody else",
    "npm error code EACCES\nnpm error Error: EACCES: permission denied, mkdir '/home/a/.npm'\n",
    /cannot be written: EACCES: permission denied, mkdir .*chown/,
  ],
  [
    "an altered package",
    pnpmSays("ERR_PNPM_TARBALL_INTEGRITY: Got unexpected checksum"),
    /pnpm-lock\.yaml names/,
  ],
  [
    "a machine without npx",
    "spawn npx ENOENT",
    /npx cannot be started: spawn npx ENOENT\. It is a part of npm/,
  ],
  [
    "an npm that is too new for its Node",
    "npm error code EBADENGINE\nnpm error engine Unsupported engine\n",
    /does not run on this Node/,
  ],
];

test.each(failures)("of %s it is said what failed and what helps, in one line", (_, output, sentence) => {
  expect(explainFailure(output)).toMatch(sentence);
  expect(explainFailure(output)).not.toMatch(/\n|\.\.| {4}at /);
});

test("what nobody foresaw is shown with a way to see more", () => {
  expect(explainFailure("first\nsomething odd.\n")).toBe(
    "The installation failed: something odd. `npx -y pnpm@12.21.0 install` shows everything that pnpm says.",
  );
  expect(explainFailure("Progress: added 512 packages\nodd")).toContain("The installation failed: odd.");
  expect(explainFailure("")).toContain("it ended without a word");
});

test("a warning is not the cause", () => {
  const warnings =
    "npm warn EBADENGINE Unsupported engine\n[WARN] GET http://127.0.0.1/x error: certificate\n";
  expect(explainFailure(`${warnings}npm error nospc ENOSPC: no space left\n`)).toContain("a disk is full");
  expect(explainFailure(`${warnings}something odd`)).toContain("failed: something odd");
});

test("a password in an address is not shown", () => {
  const said = explainFailure(
    "npm error request to https://me:secret@registry.invalid/ failed, reason: ENOTFOUND\n",
  );
  expect(said).toContain("https://…@registry.invalid/");
  expect(said).not.toContain("secret");
});
