import { expect, it } from "vitest";
import { redact } from "./redact.ts";

/** Countries and lengths of the SWIFT IBAN registry. */
const COUNTRIES =
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30".split(
    " ",
  );

/** An IBAN with a right check number, after ISO 13616, whose account consists of digits alone. */
function makeIban(country: string, length: number): string {
  const account = "370400440532013000370400440532".slice(0, length - 4);
  const digits = [...country].map((letter) => letter.charCodeAt(0) - 55).join("");
  const check = 98n - (BigInt(`${account}${digits}00`) % 97n);
  return `${country}${String(check).padStart(2, "0")}${account}`;
}

const shown = (text: string) => redact(`bank refused ${text}, sorry`).text;
const HIDDEN = "bank refused [redacted iban], sorry";

it.each(COUNTRIES)("an IBAN of the form %s is hidden, in groups or not, in either case", (form) => {
  const iban = makeIban(form.slice(0, 2), Number(form.slice(2)));
  const groups = iban.match(/.{1,4}/g) ?? [];
  expect(shown(iban)).toBe(HIDDEN);
  expect(shown(iban.toLowerCase())).toBe(HIDDEN);
  expect(shown(groups.join(" "))).toBe(HIDDEN);
  expect(shown(groups.join("-"))).toBe(HIDDEN);
});

it("several IBANs are each hidden", () => {
  const text =
    "DE89370400440532013000 / AE070331234567890123456 / EE382200221020145685 / AD1200012030200359100100";
  expect(redact(text).text).toBe(Array(4).fill("[redacted iban]").join(" / "));
});

it("what has a wrong check number, a wrong length, more digits or no country of IBANs stays", () => {
  const stays = (text: string) => expect(shown(text)).toBe(`bank refused ${text}, sorry`);
  stays("DE88370400440532013000");
  stays("DE8937040044053201300");
  stays("de89370400440532013000de89370400440532013000");
  stays("US89370400440532013000");
});
