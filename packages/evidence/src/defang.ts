/**
 * Makes addresses in hostile text unusable for readers, Markdown and agents: `http` becomes `hxxp`, and
 * `www.` and `mailto:`, which are linked without a scheme, lose their point and colon.
 */
export function defang(text: string): string {
  return text
    .replace(
      /h(tt)(ps?:\/\/|ps?%3A%2F%2F)/gi,
      (whole, _letters: string, rest: string) => `${whole[0]}xx${rest}`,
    )
    .replace(/\bf(t)(ps?:\/\/)/gi, (whole, _letter: string, rest: string) => `${whole[0]}x${rest}`)
    .replace(/\b(www)\.(?=[\p{L}\p{N}])/giu, "$1[.]")
    .replace(/\b(mailto|xmpp|javascript|vbscript|data(?=:[a-z]+\/)):(?=\S)/gi, "$1[:]");
}
