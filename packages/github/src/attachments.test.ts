import { describe, expect, it } from "vitest";
import { openAttachments } from "./attachments.ts";

const LOG = "https://github.com/user-attachments/files/1/app.log";
const STORED = "https://objects.githubusercontent.com/app.log?signature=1";

/** Answers by address, and notes what was asked with which token. */
function open(answers: Record<string, () => Response>) {
  const asked: string[] = [];
  const read = openAttachments({
    secrets: { TOKEN: "ghs_token" },
    fetch: async (input, init) => {
      const { url, headers } = new Request(input, init);
      asked.push(`${url} ${headers.get("authorization")}`);
      return answers[url]?.() ?? new Response("", { status: 404 });
    },
  });
  return { asked, read: async (url: string) => new TextDecoder().decode(await read(url)) };
}

const to = (location: string) => () => new Response(null, { status: 302, headers: { location } });

describe("an attachment", () => {
  it("is read where GitHub keeps it, without a token", async () => {
    const { read, asked } = open({ [LOG]: to(STORED), [STORED]: () => new Response("boom") });
    expect(await read(LOG)).toBe("boom");
    expect(asked).toEqual([`${LOG} null`, `${STORED} null`]);
  });

  it.each([
    ["a private one", {}, "only a browser may read it"],
    ["one that leads elsewhere", { [LOG]: to("https://evil.example/x") }, "not its storage"],
    [
      "one that leads to the runner's own network",
      { [LOG]: to("http://169.254.169.254/") },
      "not its storage",
    ],
    ["one that leads on and on", { [LOG]: to(STORED), [STORED]: to(STORED) }, "asks to log in"],
    ["one that is too large", { [LOG]: () => new Response("x".repeat(65_537)) }, "65536 bytes"],
  ])("is not read: %s", async (_, answers, reason) => {
    await expect(open(answers as Record<string, () => Response>).read(LOG)).rejects.toThrow(reason);
  });
});
