import { describe, expect, it } from "vitest";
import { findIbans, passesLuhn } from "./check-digits.ts";

const passes = (text: string): void => expect(passesLuhn(text)).toBe(true);

describe("a number passes the check of cards", () => {
  it.each([
    ...["4242424242424242", "4242 4242-4242.4242", "378282246310005", "6212345678900000003", "4222222222222"],
    ...["5555555555554444", "30569309025904"],
  ])("%s", passes);

  it("but not with a wrong digit, with one digit alone or without any", () => {
    for (const text of ["4242424242424241", "42424242424242424242", "0000000000000000", "", "18"])
      expect(passesLuhn(text)).toBe(false);
  });

  it("of 13 digits to 19, not all alike", () => {
    expect(passesLuhn("000000000018")).toBe(false);
    expect(passesLuhn("0000000000018")).toBe(true);
    expect(passesLuhn("0000000000000000018")).toBe(true);
    expect(passesLuhn("00000000000000000018")).toBe(false);
  });
});

const found = (text: string): string[] => findIbans(text).map(({ start, end }) => text.slice(start, end));

const finds = (text: string, ibans: readonly string[]): void => expect(found(text)).toEqual(ibans);

describe("an IBAN is found", () => {
  it.each([
    ["DE89370400440532013000", ["DE89370400440532013000"]],
    ["to de89 3704 0044 0532 0130 00, or", ["de89 3704 0044 0532 0130 00"]],
    ["GB82-WEST-1234-5698-7654-32", ["GB82-WEST-1234-5698-7654-32"]],
    ["GB82.WEST.1234.5698.7654.32.", ["GB82.WEST.1234.5698.7654.32"]],
    ["DE89\u00A03704\u00A00044 0532013000", ["DE89\u00A03704\u00A00044 0532013000"]],
    ["DE89370400440532013000,GB82WEST12345698765432", ["DE89370400440532013000", "GB82WEST12345698765432"]],
    ["DE00 DE89370400440532013000", ["DE89370400440532013000"]],
  ])("in %j", finds);

  it.each([
    ["a wrong check number", "DE88370400440532013000"],
    ["one digit less", "DE8937040044053201300"],
    ["one digit more", "DE893704004405320130000"],
    ["a letter before", "xDE89370400440532013000"],
    ["cases mixed", "De89370400440532013000"],
    ["cases mixed behind the country", "GB82WeST12345698765432"],
    ["two separators in a row", "DE89  370400440532013000"],
    ["another sign in it", "DE89/370400440532013000"],
    ["no country of IBANs", "US89370400440532013000"],
    ["a check number of one digit", "DE8 9370400440532013000"],
    ["its end cut off", "DE89 3704 0044"],
    ["its end at the end of the text", "DE89"],
  ])("but not with %s", (_, text) => finds(text, []));
});
