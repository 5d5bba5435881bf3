import type { Stack } from "./stack.ts";

/** The line with which PHPUnit begins what it logs of a test: `App\CartTest::testTotal with data set #1 (2, 'a')`. */
const NAME = /^[\w\\]+::\w.*\n/;
const PLACE = /^\S.*\.php:\d+$/m;

/** What PHPUnit logs of a failure, but for its places: the test's name, `Type: message`, places, and causes. */
export function readPhp(text: string, type: string | undefined): Omit<Stack, "frames"> {
  const said = text.replace(NAME, "");
  const message = said.slice(0, said.search(PLACE)).trim();
  const causes = [...said.matchAll(/^Caused by\n([\w\\]+)/gm)].flatMap(([, cause]) => cause ?? []);
  if (type === undefined || type === "") return { types: [], message };
  // Warnings and expectations are logged without their type.
  const words = message.startsWith(`${type}: `) ? message.slice(type.length + 2) : message;
  return { types: [type, ...causes], message: words };
}
