import { seededRandom } from "../verdicts/draws.ts";
import { generateSecret } from "./generate-secret.ts";

const SHA256 = "[0-9a-f]{64}";
const SUM = "[A-Za-z0-9+/]{43}=";
const TIME = "20(?:19|2[0-6])(?:0[1-9]|1[0-2])[0-2][0-8](?:0\\d|1\\d|2[0-3])[0-5]\\d[0-5]\\d";
const POD = "[bcdfghjklmnpqrstvwxz2456789]";

/** Ids, sums and digests of production that look drawn and open nothing; one for each kind of line in its logs. */
const KINDS: readonly string[] = [
  `golang\\.org/x/sys v0\\.0\\.0-${TIME}-[0-9a-f]{12} h1:${SUM}`,
  `github\\.com/acme/shop v1\\.2\\.4-0\\.${TIME}-[0-9a-f]{12}/go\\.mod h1:${SUM}`,
  `/go/pkg/mod/golang\\.org/x/net@v0\\.0\\.0-${TIME}-[0-9a-f]{12}/http2/server\\.go:2312 \\+0x1a5`,
  "order [1-9]\\d{18} was not found",
  "guild_id=[1-9]\\d{17} channel_id=[1-9]\\d{16}",
  "dd\\.trace_id=[1-9]\\d{18} dd\\.span_id=[1-9]\\d{18}",
  `ghcr\\.io/acme/shop@sha256:${SHA256}`,
  `[1-9]\\d{11}\\.dkr\\.ecr\\.eu-west-1\\.amazonaws\\.com/shop:[0-9a-f]{40} pulled`,
  `containerd://${SHA256} exited with 137`,
  `shop/checkout-${POD}{10}-${POD}{5} OOMKilled`,
  "x-vercel-id: (?:fra1|pdx1|hnd1)::iad1::[a-z0-9]{5}-17\\d{11}-[0-9a-f]{12}",
  "dpl_[A-Za-z0-9]{24} is READY at shop-[a-z0-9]{9}-acme\\.vercel\\.app",
  "event 01[0-9A-HJKMNP-TV-Z]{24} was dropped",
  "traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01",
  "X-Amzn-Trace-Id: Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=1",
  "S3, Status Code: 503, Extended Request ID: [A-Za-z0-9+/]{75}=",
  `script-src 'sha256-${SUM}' 'nonce-[A-Za-z0-9+/]{22}=='`,
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43} deploy",
  "/nix/store/[0-9a-df-np-sv-z]{32}-openssl-3\\.0\\.7/lib/libssl\\.so\\.3",
  "Sec-WebSocket-Accept: [A-Za-z0-9+/]{27}=",
];

/** As many lines of each kind as of the others. */
export function drawOrdinaryTexts(count: number, seed: number): string[] {
  const draw = seededRandom(seed);
  return Array.from({ length: count }, (_, at) => generateSecret(KINDS[at % KINDS.length] ?? "", draw));
}
