/** Whether the digits of a text pass the Luhn check (ISO/IEC 7812-1) and are as long as a card number. */
export function passesLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  if (digits.length < 13 || digits.length > 19 || /^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Length of an IBAN by country, from the SWIFT IBAN registry. */
const IBAN_LENGTHS =
  "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

/** Where IBANs with a right check number (ISO 13616: mod 97 is 1) are in a text, in groups or not, in either case. */
export function findIbans(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const match of text.matchAll(/(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ \u00A0.A-Za-z0-9-])/g)) {
    const country = IBAN_LENGTHS.indexOf(match[0].slice(0, 2).toUpperCase());
    if (country === -1) continue;
    const end = endAfter(text, match.index, Number(IBAN_LENGTHS.slice(country + 2, country + 4)));
    const iban = text.slice(match.index, end ?? match.index);
    // Nobody mixes cases in an IBAN; ids that are drawn do.
    if (iban !== iban.toUpperCase() && iban !== iban.toLowerCase()) continue;
    if (end !== null && hasRightCheckNumber(iban)) found.push({ start: match.index, end });
  }
  return found;
}

/** The end of so many letters and digits, single separators between them not counted; null where other text comes first. */
function endAfter(text: string, start: number, length: number): number | null {
  let seen = 0;
  let at = start;
  for (; seen < length; at += 1) {
    const letter = text[at] ?? "";
    if (/[A-Za-z0-9]/.test(letter)) seen += 1;
    else if (!SEPARATOR.test(letter) || SEPARATOR.test(text[at - 1] ?? "")) return null;
  }
  return /[A-Za-z0-9]/.test(text[at] ?? "") ? null : at;
}

const SEPARATOR = /[ \u00A0.-]/;

function hasRightCheckNumber(iban: string): boolean {
  const compact = iban.replace(/[^A-Za-z0-9]/g, "").toUpperCase();
  const moved = compact.slice(4) + compact.slice(0, 4);
  let rest = 0;
  for (const letter of moved) {
    const digits = /\d/.test(letter) ? letter : String(letter.charCodeAt(0) - 55);
    rest = Number(`${rest}${digits}`) % 97;
  }
  return rest === 1;
}
