// @ts-check

/**
 * What npm and pnpm print when they fail, and what it means. The first that fits counts.
 * @type {{ sign: RegExp, cause: string, remedy: string }[]}
 */
const CAUSES = [
  {
    sign: /ENOSPC|EDQUOT|no space left on device|quota exceeded/i,
    cause: "a disk is full",
    remedy:
      "The demo needs 390 MB in this folder and 200 MB in your home folder, where npm and pnpm keep what they fetch: free that much.",
  },
  {
    sign: /spawn npx ENOENT|npx: (command )?not found|'npx' is not recognized/i,
    cause: "npx cannot be started",
    remedy: "It is a part of npm and comes with Node from https://nodejs.org: install that.",
  },
  {
    sign: /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    cause: "a file cannot be written",
    remedy:
      "This folder and npm's and pnpm's folders in your home folder must belong to you: `sudo chown -R $(id -u) FOLDER` gives one back.",
  },
  {
    sign: /EBADENGINE|ERR_PNPM_UNSUPPORTED_ENGINE|SyntaxError|npm does not support Node/,
    cause: "npm or pnpm does not run on this Node",
    remedy: "Install Node 24 with the npm that comes with it, from https://nodejs.org.",
  },
  {
    sign: /SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET)_|CERT_[A-Z]+|ERR_TLS|certificate/i,
    cause: "the registry's certificate is not trusted here",
    remedy:
      "If a proxy of your company opens connections, put its certificate's file into NODE_EXTRA_CA_CERTS and SSL_CERT_FILE; if the clock of this machine is wrong, set it.",
  },
  {
    sign: /\bE40[137]\b|\b40[137] (Unauthorized|Forbidden|Proxy)/i,
    cause: "the registry or a proxy refuses access",
    remedy: "Check `registry` and its token in ~/.npmrc, and the name and password in HTTPS_PROXY.",
  },
  {
    sign: /\bE404\b|\b404 Not Found|ETARGET|No matching version/i,
    cause: "the registry does not have a package",
    remedy:
      "A mirror may lack new versions: set `registry=https://registry.npmjs.org/` in ~/.npmrc, or ask whoever runs the mirror.",
  },
  {
    sign: /EINTEGRITY|TARBALL_INTEGRITY|checksum/i,
    cause: "a package is not the one that pnpm-lock.yaml names",
    remedy: "The download was damaged or a mirror alters packages: try again, then another registry.",
  },
  {
    sign: /ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|socket hang up|error sending request|timed out|\b5\d\d (Internal|Bad Gateway|Service|Gateway)/i,
    cause: "the npm registry cannot be reached",
    remedy:
      "Check the network. Behind a proxy set HTTPS_PROXY; if you have a registry of your own, name it as `registry` in ~/.npmrc.",
  },
];

/**
 * One paragraph for whoever reads a failed installation: what failed, and what helps.
 * @param {string} output all that npm and pnpm printed
 * @returns {string}
 */
export function explainFailure(output) {
  const errors = output.replace(/^(npm (warn|notice)|\[WARN\]).*\n?/gim, "");
  const said = errors.replace(/\s+/g, " ");
  const reason = reasonIn(errors);
  const found = CAUSES.find(({ sign }) => sign.test(said));
  if (found === undefined)
    return `The installation failed: ${reason}. \`npx -y pnpm@12.21.0 install\` shows everything that pnpm says.`;
  return `The installation failed because ${found.cause}: ${reason}. ${found.remedy} Then run \`npm run demo\` again; it keeps what it has.`;
}

/** @param {string} errors */
function reasonIn(errors) {
  const ofPnpm = /╰─▶ ([\s\S]+?)(?:\n\s*\n|$)/.exec(errors);
  const ofNpm =
    /\b(request to .*)/.exec(errors) ?? /(\d{3} .* - GET .*)/.exec(errors) ?? /(\bE[A-Z]+: .*)/.exec(errors);
  const last = errors.trimEnd().split("\n").at(-1);
  const reason = ofPnpm?.[1] ?? ofNpm?.[1] ?? last ?? "";
  return withoutPasswords(reason).replace(/\s+/g, " ").trim().replace(/\.$/, "") || "it ended without a word";
}

/** @param {string} text */
function withoutPasswords(text) {
  return text.replace(/\/\/[^/\s@]+@/g, "//…@");
}
