import { expect, it } from "vitest";
import { hidePrivateKeys } from "./private-keys.ts";

const hidden = (text: string): string => hidePrivateKeys(text, (kind) => `[${kind}]`);
const dashes = "-----";
const pem = (name: string, line = dashes): string =>
  `${line}BEGIN ${name}PRIVATE KEY${line}\nMIIEvQ\n${line}END ${name}PRIVATE KEY${line}`;
const putty = (version: number, mac: string): string =>
  `PuTTY-User-Key-File-${version}: ssh-rsa\nPrivate-Lines: 1\nAAAA\nPrivate-MAC:${mac}`;

it.each([
  ["PEM", pem("")],
  ["PEM of RSA", pem("RSA ")],
  ["PEM that is encrypted", pem("ENCRYPTED ")],
  [
    "SSH2, with blanks and four dashes",
    `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2\n---- END SSH2 ENCRYPTED PRIVATE KEY ----`,
  ],
  [
    "OpenPGP",
    `${dashes}BEGIN PGP PRIVATE KEY BLOCK${dashes}\nx\n${dashes}END PGP PRIVATE KEY BLOCK${dashes}`,
  ],
  ["PEM whose dashes were cut", pem("", "---")],
  ["PuTTY 2", putty(2, " 0a1b2c3d")],
  ["PuTTY 3, without a blank", putty(3, "0a1b2c3d")],
])("a key in the form of %s is hidden to its end", (_, key) => {
  expect(hidden(`a ${key} b`)).toBe("a [private-key] b");
  expect(hidden(`${key}\n${key}\nb`)).toBe("[private-key]\n[private-key]\nb");
});

it("a key without an end takes the rest of the text with it", () => {
  expect(hidden(`a ${dashes}BEGIN PRIVATE KEY${dashes}\nx\ny`)).toBe("a [private-key]");
});

it("what is no private key stays", () => {
  for (const text of [
    "-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----",
    "--BEGIN PRIVATE KEY--",
    "PuTTY-User-Key-File-x",
    "a PRIVATE KEY",
  ])
    expect(hidden(text)).toBe(text);
});
