import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto";
import { type Bundle, bundleToJSON, toDSSEBundle } from "@sigstore/bundle";
import { dsse, pem } from "@sigstore/core";
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog } from "@sigstore/mock";
import { type Attested, formatStatement } from "./statement.ts";

/** A Sigstore authority of a test's own, with its logs. */
export type Authority = {
  /** What `openTrust` takes. */
  readonly root: unknown;
  /** Signs a statement as `actions/attest` does, and gives the bundle as JSON. */
  readonly attest: (attested: Attested) => Promise<unknown>;
};

const IN_TOTO = "application/vnd.in-toto+json";
const REKOR = "https://rekor.sigstore.dev";
const MINUTE = 60_000;

/** Opens an authority whose keys are new: no other trusts it. */
export async function openAuthority(): Promise<Authority> {
  const keys = { ca: createKeys("P-384"), log: createKeys("P-256"), certificates: createKeys("P-256") };
  const ctlog = await initializeCTLog(keys.certificates);
  const ca = await initializeCA(keys.ca, ctlog);
  const fulcio = fulcioHandler(ca, { subjectClaim: "san" });
  return {
    root: describeRoot(ca.rootCertificate, keys.log.publicKey, keys.certificates.publicKey),
    attest: async (attested) => {
      const signer = createKeys("P-256");
      const certificate = await issue(fulcio, signer.publicKey, attested.claims);
      const payload = Buffer.from(JSON.stringify(formatStatement(attested)));
      const { payloadType = IN_TOTO } = attested;
      const signature = sign("sha256", dsse.preAuthEncoding(payloadType, payload), signer.privateKey);
      const bundle = toDSSEBundle({
        artifact: payload,
        artifactType: payloadType,
        signature,
        certificate: pem.toDER(certificate),
        certificateChain: false,
      });
      // A signature that is logged when its certificate has expired is none.
      const late = new Date(Date.parse(new X509Certificate(certificate).validTo) + MINUTE);
      const tlog = await initializeTLog(REKOR, keys.log, ...(attested.expired ? [late] : []));
      bundle.verificationMaterial.tlogEntries.push(await logEnvelope(tlog, payload, signature, certificate));
      return bundleToJSON(bundle);
    },
  };
}

type TLog = Awaited<ReturnType<typeof initializeTLog>>;

/** An entry as Rekor's API gives it; the authority's own types name a package that it does not bring. */
type LogEntry = {
  readonly body: string;
  readonly integratedTime: number;
  readonly logID: string;
  readonly logIndex: number;
  readonly verification: {
    readonly signedEntryTimestamp: string;
    readonly inclusionProof: {
      readonly logIndex: number;
      readonly treeSize: number;
      readonly rootHash: string;
      readonly checkpoint: string;
    };
  };
};
type Entry = Bundle["verificationMaterial"]["tlogEntries"][number];

const createKeys = (namedCurve: string) => generateKeyPairSync("ec", { namedCurve });

/** Asks for a certificate with the claims of a token of GitHub's, as a workflow does. */
async function issue(
  fulcio: ReturnType<typeof fulcioHandler>,
  key: KeyObject,
  claims: Readonly<Record<string, string>>,
): Promise<string> {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  const content = key.export({ format: "pem", type: "spki" });
  const { response } = await fulcio.fn(
    JSON.stringify({
      credentials: { oidcIdentityToken: `${encode({ alg: "none" })}.${encode(claims)}.` },
      publicKeyRequest: { publicKey: { content } },
    }),
  );
  const { signedCertificateEmbeddedSct: issued } = JSON.parse(response.toString());
  return issued.chain.certificates[0];
}

/** The entry that Rekor's log makes of a signed statement. */
async function logEnvelope(
  tlog: TLog,
  payload: Buffer,
  signature: Buffer,
  certificate: string,
): Promise<Entry> {
  const value = createHash("sha256").update(payload).digest("hex");
  const verifier = Buffer.from(certificate).toString("base64");
  const logged: Record<string, LogEntry> = await tlog.log({
    apiVersion: "0.0.1",
    kind: "dsse",
    spec: {
      payloadHash: { algorithm: "sha256", value },
      signatures: [{ signature: signature.toString("base64"), verifier }],
    },
  });
  const [entry] = Object.values(logged);
  if (entry === undefined) throw new Error("The log took no entry.");
  const { inclusionProof: proof, signedEntryTimestamp } = entry.verification;
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: Buffer.from(entry.logID, "hex") },
    kindVersion: { kind: "dsse", version: "0.0.1" },
    integratedTime: String(entry.integratedTime),
    inclusionPromise: { signedEntryTimestamp: Buffer.from(signedEntryTimestamp, "base64") },
    inclusionProof: {
      logIndex: String(proof.logIndex),
      treeSize: String(proof.treeSize),
      rootHash: Buffer.from(proof.rootHash, "hex"),
      hashes: [],
      checkpoint: { envelope: proof.checkpoint },
    },
    canonicalizedBody: Buffer.from(entry.body, "base64"),
  };
}

function describeRoot(ca: ArrayBufferView, log: KeyObject, certificates: KeyObject): unknown {
  const rawBytes = Buffer.from(ca.buffer, ca.byteOffset, ca.byteLength).toString("base64");
  const validFor = { start: "2020-01-01T00:00:00Z" };
  return {
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    certificateAuthorities: [{ certChain: { certificates: [{ rawBytes }] }, validFor }],
    tlogs: [describeLog(REKOR, log)],
    ctlogs: [describeLog("https://ctfe.sigstore.dev", certificates)],
    timestampAuthorities: [],
  };
}

function describeLog(baseUrl: string, key: KeyObject): unknown {
  const bytes = key.export({ format: "der", type: "spki" });
  return {
    baseUrl,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: bytes.toString("base64"), keyDetails: "PKIX_ECDSA_P256_SHA_256" },
    logId: { keyId: createHash("sha256").update(bytes).digest("base64") },
  };
}
