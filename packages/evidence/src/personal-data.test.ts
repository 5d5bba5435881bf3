import { describe, expect, it, test } from "vitest";
import { hidePersonalData } from "./personal-data.ts";

const hidden = (text: string): string => hidePersonalData(text, (kind) => `[${kind}]`);
const shows = (text: string, shown: string): void => expect(hidden(text)).toBe(shown);
const stays = (text: string): void => expect(hidden(text)).toBe(text);

/** A number of so many digits that begins so and whose last digit is right (Luhn). */
function numberOf(begin: string, length: number): string {
  const digits = begin.padEnd(length - 1, "7");
  const isRight = (last: number): boolean => {
    const sum = [...`${digits}${last}`].toReversed().reduce((total, digit, index) => {
      const twice = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (twice > 9 ? twice - 9 : twice);
    }, 0);
    return sum % 10 === 0;
  };
  return `${digits}${[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find(isRight)}`;
}

const LONG_NAME = "a1".repeat(35);

describe("an e-mail address", () => {
  test.each([
    [`from ${LONG_NAME}@mail2.example.com now`, `from ${LONG_NAME.slice(0, 6)}[email] now`],
    ["legit@example.com", "[email]"],
    ["ann@vue.css.example.com", "[email]"],
    ["ann%40example.com", "[email]"],
  ])("is hidden in %s", shows);

  it.each(
    "icon@10x.bmp icon@2.tiff pkg@2.0.0-beta.rc git@github.com hero@wide.jpg hero@wide.jpeg chunk@vendor.js chunk@vendor.mjs chunk@vendor.jsx chunk@vendor.ts chunk@vendor.tsx page@slot.htm page@slot.html".split(
      " ",
    ),
  )("is not what %s is", stays);
});

test.each([
  ["/mnt/c/Users/ann/app.js", "/mnt/c/Users/[user]/app.js"],
  ["/c/Users/ann/app.js", "/c/Users/[user]/app.js"],
  ["/Users/ann/app.js", "/Users/[user]/app.js"],
  ["/Users/Ann Lee Smith/app.js", "/Users/[user]/app.js"],
  ["/System/Volumes/Data/Users/ann/x", "/System/Volumes/Data/Users/[user]/x"],
  ["C:\\Users\\ann\\app.js", "C:\\Users\\[user]\\app.js"],
  ["(/home/ann), then", "(/home/[user]), then"],
  ["src/home/page.ts", "src/home/page.ts"],
])("the name in the home folder %s is hidden", shows);

describe("the address of a machine", () => {
  test.each(
    Object.entries({
      "host-203.0.113.7": "host-[ip]",
      "255.10.20.30": "[ip]",
      "10.20.30.255": "[ip]",
      "10.20.30.249": "[ip]",
      "10.20.30.42": "[ip]",
      "10.20.30.42. Then": "[ip]. Then",
      "10.127.0.5": "[ip]",
      "10.0.0.07": "[ip]",
      "fe80::1%eth0": "[ip]",
      "2001:db8::ff00:42:8329": "[ip]",
      "11:00:00:5e:00:53": "[mac]",
      "3c-22-fb-10-20-30": "[mac]",
    }),
  )("is hidden in %s", shows);

  test.each(
    "2-10.20.30.42 1.2.3.4.5 127.0.0.1 0.0.0.0 10.0.0.0 ::1 std::a 00:00:5e:00:53:af 00-00-5E-00-53-AF".split(
      " ",
    ),
  )("is not what %s is", stays);
});

describe("the number of a card", () => {
  const issued = "2200 2204 2221 2239 2290 2300 2699 2700 2719 2720 3530 4012 5105 6011".split(" ");
  const other = [["3056", 14] as const, ["3782", 15] as const, ["4012", 13] as const];
  test.each([...issued.map((begin) => [begin, 16] as const), ...other])(
    "that begins with %s and has %i digits is hidden",
    (begin, length) => {
      expect(hidden(`no. ${numberOf(begin, length)}. Thanks`)).toBe("no. [card]. Thanks");
    },
  );

  const foreign = "2100 2206 2220 2721 2800 2024110515510".split(" ");
  test.each([...foreign.map((begin) => [begin, 16] as const), ["4012", 14] as const, ["4012", 19] as const])(
    "is not what begins with %s and has %i digits",
    (begin, length) => {
      stays(`id=${numberOf(begin, length)}`);
    },
  );

  const long = numberOf("4012", 19);
  test.each(["card ", "card number: ", "pan: ", "the pan=", "cc=", '"visa": "', "Maestro no ", "jcb #"])(
    "of 19 digits is hidden after %j",
    (before) => {
      expect(hidden(`${before}${long} was refused by the bank of the customer`)).toBe(
        `${before}[card] was refused by the bank of the customer`,
      );
    },
  );

  test.each(["japan: ", "card: see the request id ", "order "])(
    "is not an id of 19 digits after %j",
    (before) => stays(before + long),
  );

  test("is not the integer part of another number", () => {
    stays(`${numberOf("4012", 16)}.5`);
  });
});

describe("identifiers", () => {
  const card = numberOf("4012", 16);
  test.each([
    `550e8400-e29b-41d4-${card.slice(0, 4)}-${card.slice(4)}`,
    `${card.slice(0, 8)}-${card.slice(8, 12)}-${card.slice(12)}-a1b2-0123456789ab`,
    "phone: 12345678901234567890abcd",
    "tel: 2026-11-20 10:20:30",
    "tel: 2026-11-20T10:20:30Z",
    "tel: 2026-11-20T10:20:30+0100",
    "2026-11-20 10:20:30,123 456 7890 bytes",
  ])("are no personal numbers: %s", (text) => {
    stays(text);
    stays(`at ${text} again`);
  });

  test("shift nothing that follows them", () => {
    const id = "550e8400-e29b-41d4-a716-446655440000";
    expect(hidden(`${id} from 203.0.113.7`)).toBe(`${id} from [ip]`);
  });
});

describe("a telephone number", () => {
  test.each(
    Object.entries({
      "+999 123 456 789 012": "[phone]",
      "+44 (20) 7946 0958": "[phone]",
      "+14155552671": "[phone]",
      "1-415-555-2671": "[phone]",
      "(415) 555-2671": "[phone]",
      "(415)555-2671": "[phone]",
      "415.555.2671": "[phone]",
      "call +49 30 1234567 from 203.0.113.7": "call [phone] from [ip]",
      "phone: 0301234567": "phone: [phone]",
      "phone=0301234567": "phone=[phone]",
      "phone:0301234567.": "phone:[phone].",
      "tel   :   030 123-4567": "tel   :   [phone]",
      '"cell": "0301234567"': '"cell": "[phone]"',
      "'mobile' = '0301234567'": "'mobile' = '[phone]'",
      "phoneNumber: 0301234567": "phoneNumber: [phone]",
      "phone_number: 0301234567": "phone_number: [phone]",
      "mobile-no: +49301234567": "mobile-no: [phone]",
      "telephone: 0301234": "telephone: [phone]",
    }),
  )("is hidden in %s", shows);

  test.each([
    "+123 4567 8901 2345 6",
    "+12 34567",
    "microphone: 0301234567",
    "phone 0301234567",
    "phone: 030123",
    "phones: 0301234567",
  ])("is not what %s is", stays);
});

test.each(["123-45-6789", "123 45 6789"])("the social security number %s is hidden", (text) => {
  expect(hidden(text)).toBe("[ssn]");
});

test.each(["987-65-4321", "000-12-3456", "666-12-3456", "123-00-6789", "123-45-0000", "123-45 6789"])(
  "no social security number is %s",
  stays,
);
