import {
  cleanText,
  closeFence,
  cutMarkdown,
  fence,
  inertCode,
  inertQuote,
  inertSentence,
  inertSubject,
  inlineCode,
  link,
  readIssueText,
  redact,
  redactValues,
  sanitise,
  tableCell,
  titleText,
} from "@patchpilot/evidence";
import { timeThread } from "../thread-time.ts";
import { seededRandom } from "../verdicts/draws.ts";
import { generateSecret } from "./generate-secret.ts";
import { LENGTH, measureCost, type TextCost } from "./measure-cost.ts";

/** What makes patterns slow: what nearly matches, again and again. */
const SHAPES: readonly string[] = [
  ..."a,1,:, ,\n,\\,%,eyJ,a.a.,a@,SG.,xoxb-1-,token,token ,token=,token:,token=\",token('x', ,password | ,password_,--token ,set token ".split(
    ",",
  ),
  "passwordpassword",
  "token: A<A<",
  "token])}",
  "token&quot;",
  '"x" -> token ',
  "<password>",
  "<token ",
  "token=q(",
  "authorization: ",
  'cookie: {"',
  "password: |\n  a\n",
  "insert into x (password) values (",
  "Basic ",
  "://a:b@",
  "-----BEGIN PRIVATE KEY-----",
  "linkedin ",
  "sentry: a1b2c3d4e5f6a7b8 ",
  "123456789012345%",
  `${"a".repeat(14)}.atlasv1.`,
  "DE89 ",
  "4242 ",
  "+1 234 ",
  "2001:",
  "1.1.1.",
  "0f3a1b2c-",
  "aA1_",
  `token${" ".repeat(39)}`,
  "%25",
  "%2525",
  '\\\\\\"',
  "\\u0068\\x41",
  "&#104;&amp;",
  "0x68, 0x65, ",
  "[104, 101, ",
  "104 ",
  "6a:",
  "YWJj\n",
  "ghp_sk-ant-api03-",
  "[redacted ",
  "&",
  "<",
  "‹",
  "'",
  '"',
  "`",
  "{",
  "(",
  "|",
  "=",
  "->",
  "<!--",
  "<!-->",
  "--!>",
  "<a",
  "<a b=c ",
  '<a b="',
  "</",
  "<![CDATA[",
  "<?",
  "![",
  "[](a ",
  "![](https://a.example/",
  "```",
  "> ",
  "- [x] ",
  "@x ",
  "#1 ",
  "fixes ",
  "&#x",
  "\u200b",
  "\u202ea",
  "\u001b[",
  "\u001b]8;;",
  "\ud800",
  "a\u0301",
  "at f (a.js:1:1)\n",
  "| a | b |\n",
];

type Sanitising = (text: string, secrets: readonly string[]) => unknown;

/** Every way into the code that makes hostile text harmless. */
export const ENTRIES: Readonly<Record<string, Sanitising>> = {
  redact: (text, secrets) => redact(redactValues(text, secrets).text),
  sanitise,
  cleanText: (text, secrets) => cleanText(text, { maxLength: LENGTH, secrets }),
  readIssueText,
  markdown: (text) =>
    [fence, inlineCode, tableCell, titleText, closeFence]
      .map((write) => write(text))
      .concat(link(text, text)),
  cutMarkdown: (text) => cutMarkdown(text, LENGTH / 2),
  inert: (text) => [inertCode, inertQuote, inertSubject, inertSentence].map((write) => write(text)),
};

export type Worst = TextCost & { readonly shape: string };

/**
 * What an entry with twenty known values costs for each shape; the worst first.
 * @param most how many shapes are tried, chosen by the seed; absent: all
 * @param limits what misses them is measured again; absent: COST_LIMITS
 */
export function measureWorst(
  entry: Sanitising,
  seed: number,
  most = Number.POSITIVE_INFINITY,
  limits?: TextCost,
): Worst[] {
  const draw = seededRandom(seed);
  const secrets = Array.from(
    { length: 20 },
    (_, at) => `${at % 2 === 0 ? "ghp_" : ""}${generateSecret("[A-Za-z0-9]{36}", draw)}`,
  );
  const random = generateSecret(`(?:[A-Za-z0-9+/]{60}){2200}`, draw);
  const drawn = [
    random,
    random.replace(/.{40}/g, "$& "),
    random.replace(/.{76}/g, "$&\n"),
    `${secrets[0]?.slice(4, 15)} `,
    `${secrets[0]} `,
  ];
  return [...SHAPES, ...drawn]
    .map((shape) => ({ shape, place: most === Number.POSITIVE_INFINITY ? 0 : draw() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, most)
    .map(({ shape }) => {
      const time = (length: number): number => {
        const text = shape.repeat(Math.ceil(length / shape.length)).slice(0, length);
        return timeThread(() => entry(text, secrets));
      };
      return { shape: JSON.stringify(shape.slice(0, 24)), ...measureCost(time, limits) };
    })
    .sort((a, b) => b.milliseconds - a.milliseconds);
}
