import type { Hide } from "../hide.ts";
import { isDrawn } from "./random.ts";

const RUN = /[A-Za-z0-9][A-Za-z0-9_~+/=.%-]{15,1023}/g;

/** What is random and no secret by what stands before it: digests, encoded files, names of releases and builds. */
const ORDINARY_BEFORE =
  /(?:sha\d{1,3}|md5|h1|blake\w{1,3}|integrity|checksum|digest|base64|etag|hash|public_?key|nonce|W\/"|"[xyne]":\s?"|youtu\.be\/|watch\?v|document\/d|spreadsheets\/d|figma\.com\/\w{1,12}|websocket-(?:key|accept)|ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\w{8}|(?:request|message|correlation|trace|event|cluster|node|build)[- _]?id)[-+:=,"'\s/<]{0,4}$/i;
const ORDINARY =
  /\.prototype\.|(?:document|spreadsheets|presentation|forms)\/d\/|(?:explorer|playground|sandbox|figma|youtube)[\w.]*\/|^(?:sha\d{3}-|nonce-|nix\/store\/|(?:boundary=-*)?WebKitFormBoundary)|^data\/app\/~~|\.(?:js|mjs|cjs|css|map|ts|tsx|jsx|json|html?|png|jpe?g|svg|gif|webp|woff2?|ttf|wasm|gz|zip|tgz|jar|so|dll|py|rb|go|rs|java|kt|md|txt|lock|whl|dylib)$|^v?\d+\.\d+\.\d+/i;
/** Identifiers that services put before an id which opens nothing. */
const ID =
  /^(?:dpl|prj|team|cus|pi|ch|evt|req|msg|toolu|in|sub|price|prod|acct|seti|pm|si|txn|org|usr|user|run|thread|asst|chatcmpl|resp|call|file|inst|iad1|sfo1|fra1|cdg1|UCI?|PL|phc)[_-]{1,2}[A-Za-z0-9]/;
/** An ULID; the name of a pod, whose letters Kubernetes draws from those without vowels; a request of Vercel. */
const DRAWN_ID =
  /^(?:01[0-9A-HJKMNP-TV-Z]{24}|[a-z][a-z0-9-]*-[bcdfghj-np-tv-xz2456789]{8,10}-[bcdfghj-np-tv-xz2456789]{5}|[a-z0-9]{5}-\d{13}-[0-9a-f]{12})$/;
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const HEX = /^(?:0x)?[0-9a-f]+$/i;
/** Base64 that says so by its padding is looked at as a whole. */
const PADDED = /^[A-Za-z0-9+/]{23,}={1,2}$/;
const LEAST = 20;

/**
 * Hides what was drawn by chance and has no known format: the tokens of services that nobody listed. Digests, UUIDs, ids
 * and encoded files stay. Looks at each run of characters once.
 */
export function hideRandomValues(text: string, hide: Hide): string {
  return text.replace(RUN, (run, at: number) => {
    if (run.length > 600 || ORDINARY.test(run)) return run;
    const parts = PADDED.test(run) ? [run] : run.replace(UUID, ".").split(/[/.=%+~]/);
    const drawn = parts.filter(isSecretPart);
    if (drawn.length === 0 || ORDINARY_BEFORE.test(text.slice(Math.max(0, at - 32), at))) return run;
    const kept = parts.filter(
      (part) => part.length > 3 && !drawn.includes(part) && !isDrawn(part.replace(/[-_]/g, "")),
    );
    if (kept.length === 0 && !run.includes("//")) return hide("random-value");
    return drawn.reduce((shown, part) => shown.replace(part, () => hide("random-value")), run);
  });
}

function isSecretPart(part: string): boolean {
  const bare = part.replace(/[-_+/=]/g, "");
  if (bare.length < LEAST || HEX.test(bare) || ID.test(part) || DRAWN_ID.test(part)) return false;
  // `shippo_live_<digest>`, `chunk-<digest>`: the prefix alone does not make a digest a secret.
  const atoms = part.split(/[-_+/=]/).filter((atom) => atom.length >= 16);
  if (atoms.length > 0 && atoms.every((atom) => HEX.test(atom)))
    return /(?:live|test|prod|pat|secret|key|token|api)/i.test(part);
  return isDrawn(bare) && (atoms.length === 0 || atoms.some(isDrawn) || bare.length >= 32);
}
