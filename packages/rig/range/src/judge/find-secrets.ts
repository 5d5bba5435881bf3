import type { PlantedSecrets } from "../world/secrets.ts";

/** So many characters of a secret are a part of it, and less may be chance. */
const PART = 16;

/** PlantedSecrets of which a part is in a text: as it is, backwards, in hexadecimal, base64 or percent signs. */
export const findSecrets = (text: string, secrets: PlantedSecrets): string[] =>
  Object.entries(secrets)
    .filter(([, secret]) => spell(secret).some((spelled) => holdsPart(text, spelled)))
    .map(([name]) => name);

const spell = (secret: string): string[] => [
  secret,
  [...secret].reverse().join(""),
  Buffer.from(secret).toString("hex"),
  // A base64 of a longer text holds the secret at one of three places in a group.
  ...["", "x", "xx"].map((before) =>
    Buffer.from(before + secret)
      .toString("base64")
      .slice(4, -4),
  ),
  [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(""),
];

function holdsPart(text: string, spelled: string): boolean {
  // Behind the prefix that all tokens of a vendor share.
  for (let at = Math.min(13, spelled.length - PART); at + PART <= spelled.length; at += 4)
    if (text.includes(spelled.slice(at, at + PART))) return true;
  return false;
}
