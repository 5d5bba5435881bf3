import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** Makes a key for an App, as GitHub does. */
export function makeAppKey(): { readonly privateKey: KeyObject; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { privateKey, publicKey: publicKey.export({ type: "spki", format: "pem" }).toString() };
}

/** Signs claims as an App does. */
export function signWebToken(
  claims: object,
  privateKey: KeyObject,
  header: object = { alg: "RS256" },
): string {
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const signature = sign("RSA-SHA256", Buffer.from(parts.join(".")), privateKey);
  return [...parts, signature.toString("base64url")].join(".");
}
