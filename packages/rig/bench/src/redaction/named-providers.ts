import { redact, redactValues } from "@patchpilot/evidence";
import { seededRandom } from "../verdicts/draws.ts";
import { CONTEXTS, nameFrom } from "./contexts.ts";
import { generateSecret } from "./generate-secret.ts";

/** The services that PatchPilot itself talks to, and those that most repositories hold keys of. */
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  sentry: [
    "sntryu_[a-f0-9]{64}",
    "sntrya_[a-f0-9]{64}",
    "sntrys_eyJpYXQiOj[A-Za-z0-9+/]{120}=_[A-Za-z0-9+/]{43}",
    "https://[a-f0-9]{32}:[a-f0-9]{32}@o1\\.ingest\\.sentry\\.io/42",
  ],
  vercel: [
    "vcp_[A-Za-z0-9]{56}",
    "vck_[A-Za-z0-9]{56}",
    "vercel_blob_rw_[A-Za-z0-9]{16}_[A-Za-z0-9]{30}",
    "[A-Za-z0-9]{24}",
  ],
  posthog: ["phx_[A-Za-z0-9]{43}", "phs_[A-Za-z0-9]{43}"],
  github: [
    "gh[pousr]_[A-Za-z0-9]{36}",
    "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
    "ghs_[0-9]{7}_eyJ[A-Za-z0-9_-]{60}\\.eyJ[A-Za-z0-9_-]{300}\\.[A-Za-z0-9_-]{43}",
  ],
  gitlab: [
    "glpat-[A-Za-z0-9_-]{20}",
    "gldt-[A-Za-z0-9_-]{20}",
    "glrt-[A-Za-z0-9_-]{20}",
    "glcbt-[0-9a-f]{2}_[A-Za-z0-9_-]{20}",
  ],
  anthropic: [
    "sk-ant-api03-[A-Za-z0-9_-]{93}AA",
    "sk-ant-oat01-[A-Za-z0-9_-]{93}AA",
    "sk-ant-admin01-[A-Za-z0-9_-]{93}AA",
  ],
  openai: [
    "sk-proj-[A-Za-z0-9_-]{74}T3BlbkFJ[A-Za-z0-9_-]{74}",
    "sk-svcacct-[A-Za-z0-9_-]{74}T3BlbkFJ[A-Za-z0-9_-]{74}",
    "sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}",
  ],
  aws: ["(?:AKIA|ASIA)[A-Z2-7]{16}", "[A-Za-z0-9+/]{40}"],
  jwt: [
    "eyJ[A-Za-z0-9]{33}\\.eyJ[A-Za-z0-9_-]{80}\\.[A-Za-z0-9_-]{43}",
    "ZXlKaGJHY2lPaUpJVXpJMU5pSXNJblI1Y0NJNklrcFhWQ0o5[A-Za-z0-9]{160}",
  ],
};

export type Count = { readonly all: number; readonly found: number; readonly missed: readonly string[] };

/** Tokens of each named service in every context; and the secret of an AWS key where its id stands beside it. */
export function countProviders(seed: number): Count {
  const draw = seededRandom(seed);
  const missed: string[] = [];
  let all = 0;
  for (const [provider, formats] of Object.entries(PROVIDERS))
    for (const format of formats)
      for (const [context, write] of CONTEXTS) {
        const secret = generateSecret(format, draw);
        const name = nameFrom(
          provider === "jwt"
            ? "session-token"
            : `${provider}-${format.startsWith("https") ? "dsn" : "secret-key"}`,
        );
        all += 1;
        const secretPart = /\/\/([^@]+)@/.exec(secret)?.[1] ?? secret;
        if (redact(write(name, secret)).text.includes(secretPart.slice(-10)))
          missed.push(`${provider}, ${context}: ${write(name, secret)}`);
      }
  for (let one = 0; one < 200; one += 1) {
    const [id, secret] = [
      generateSecret("AKIA[A-Z2-7]{16}", draw),
      generateSecret("[A-Za-z0-9+/]{40}", draw),
    ];
    const text =
      [`${id} ${secret}`, `${id},${secret}`, `key ${id}\nwith ${secret}`, `["${id}","${secret}"]`][one % 4] ??
      "";
    all += 1;
    if (redact(text).text.includes(secret.slice(5, 25))) missed.push(`aws pair: ${text}`);
  }
  return { all, found: all - missed.length, missed };
}

const bytes = (text: string): Buffer => Buffer.from(text);
const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  raw: (secret) => secret,
  percent: encodeURIComponent,
  "percent, all": (secret) =>
    [...bytes(secret)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  "percent twice": (secret) =>
    encodeURIComponent([...bytes(secret)].map((byte) => `%${byte.toString(16)}`).join("")),
  base64: (secret) => bytes(`user:${secret}`).toString("base64"),
  base64url: (secret) => bytes(`{"k":"${secret}"}`).toString("base64url"),
  "base64 over lines": (secret) =>
    (
      bytes(`login: ${secret} and more`)
        .toString("base64")
        .match(/.{1,16}/g) ?? []
    ).join("\n"),
  "base64 twice": (secret) => bytes(bytes(secret).toString("base64")).toString("base64"),
  hex: (secret) => bytes(secret).toString("hex"),
  "hex, apart": (secret) => [...bytes(secret)].map((byte) => byte.toString(16)).join(":"),
  "hex, of programs": (secret) => [...bytes(secret)].map((byte) => `0x${byte.toString(16)}`).join(", "),
  bytes: (secret) => JSON.stringify([...bytes(secret)]),
  "\\x": (secret) => [...bytes(secret)].map((byte) => `\\x${byte.toString(16)}`).join(""),
  "\\u": (secret) =>
    [...secret].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  "JSON in JSON": (secret) => JSON.stringify(JSON.stringify({ secret })),
  entities: (secret) => [...secret].map((letter) => `&#${letter.charCodeAt(0)};`).join(""),
  "entities, hex": (secret) =>
    [...secret].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join(""),
};
const backwards = (text: string): string => [...text].reverse().join("");

/** Known values, whole and fragments of 12 characters, forwards and reversed, in every encoding. */
export function countEncodings(seed: number): Count {
  const draw = seededRandom(seed);
  const missed: string[] = [];
  let all = 0;
  for (let one = 0; one < 40; one += 1) {
    const secret = `${["ghp_", "sk-ant-api03-", "sntryu_", ""][one % 4]}${generateSecret("[A-Za-z0-9_+/-]{40}", draw)}`;
    const at = secret.length - 40 + Math.floor(draw() * 28);
    for (const [name, encode] of Object.entries(ENCODINGS))
      for (const shown of [
        secret,
        secret.slice(at, at + 12),
        backwards(secret),
        backwards(secret.slice(at, at + 12)),
      ]) {
        all += 1;
        if (redactValues(`before ${encode(shown)} behind`, [secret]).hidden === 0)
          missed.push(`${name}: ${shown}`);
      }
  }
  return { all, found: all - missed.length, missed };
}
