/** Values shorter than this are found by chance everywhere. */
const LEAST = 6;

/**
 * How much of a secret gives it away. Fewer characters that follow each other may be there by chance, and leave a secret of
 * 24 characters more than 70 bits.
 */
export const WINDOW = 12;

/** A part of a secret that must not be shown, and how many characters at its begin everybody knows. */
export type SecretPart = { readonly value: string; readonly prefix: number; readonly whole: boolean };

/** How issuers let tokens begin, so that anyone can tell whose they are. */
const PUBLIC_PREFIX =
  /^(?:gh[pousr]_|github_pat_(?:11[A-Z0-9]{0,8})?|gl[a-z]{2,5}-|sk-(?:ant-(?:api|admin|oat)\d\d-|proj-|svcacct-|admin-|or-v1-)?|sntry[sua]_|xox[a-z]-|xapp-|(?:sk|rk|pk)_(?:live|test)_|whsec_|npm_|pypi-(?:AgEIcHlwaS5vcmc)?|dop_v1_|hf_|SG\.|eyJ[A-Za-z0-9]{0,36}(?=\.)\.?|vc[a-z]_|ph[a-z]_|AKIA|ASIA|AIza|[A-Za-z]{2,8}_(?:(?:live|test|prod)_)?|Bearer |Basic )/;

/**
 * What to look for of a secret. Of an address these are its credentials, path and query, as its host is public; of a
 * key of several lines its lines, without the armour; of JSON its values. The whole is always among them.
 */
export function secretParts(secret: string): SecretPart[] {
  const whole = secret.trim();
  if (whole.length < LEAST) return [];
  const pieces = splitSecret(whole).filter((piece) => piece.length >= LEAST);
  const parts = (pieces.length === 0 ? [whole] : pieces).map(makePart);
  return pieces.length === 0 ? parts : [{ value: whole, prefix: 0, whole: true }, ...parts];
}

function makePart(value: string): SecretPart {
  const prefix = PUBLIC_PREFIX.exec(value)?.[0].length ?? 0;
  return { value, prefix: value.length - prefix < LEAST ? 0 : prefix, whole: !isWindowTelling(value) };
}

/** A word or a sentence gives nothing away by twelve of its letters. */
const isWindowTelling = (value: string): boolean =>
  /\d|[^\w\s.:/-]/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value));

function splitSecret(secret: string): string[] {
  const address = /^[a-z][\w+.-]{1,30}:\/\/(?:([^/?#]*)@)?[^/?#]*([\s\S]*)$/i.exec(secret);
  if (address !== null) {
    const [, login = "", path = ""] = address;
    const password = login.includes(":") ? login.slice(login.indexOf(":") + 1) : login;
    return [password, ...path.split(/[/?#&=]/).filter((each) => each.length >= WINDOW && /\d/.test(each))];
  }
  if (secret.startsWith("{"))
    return [...secret.matchAll(/"([^"\\]{6,}(?:\\.[^"\\]*)*)"/g)]
      .map(([, text = ""]) => text)
      .filter((text) => /\d/.test(text) && !text.includes("://"))
      .flatMap((text) => text.split(/\\n|-----[^-]*-----/));
  if (secret.includes("\n"))
    return secret
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => !/^-{3,5} ?(?:BEGIN|END) /.test(line));
  return [];
}
