import { describe, expect, it } from "vitest";
import { findAttachments } from "./attachments.ts";

const find = (text: string) => findAttachments(text, "https://github.com");
const FILES = "https://github.com/user-attachments/files/123";
const ASSET = "https://github.com/user-attachments/assets/0a1b2c3d-1111-2222-3333-444455556666";

const STRANGE = [
  "[app.log](https://evil.example/user-attachments/files/1/app.log)",
  "[app.log](https://github.com.evil.example/user-attachments/files/1/app.log)",
  "[app.log](https://user:pass@github.com/user-attachments/files/1/app.log)",
  "[app.log](http://github.com/user-attachments/files/1/app.log)",
  "[code](https://github.com/acme/shop/blob/main/a.txt)",
  "[back](https://github.com/user-attachments/files/../../settings/a.txt)",
  "[odd](https://github.com/user-attachments/files/1/%E0%A4%A.txt)",
  "[app.log](/user-attachments/files/1/app.log)",
];

describe("attachments", () => {
  it.each([
    [`[app.log](${FILES}/app.log)`, { name: "app.log", kind: "text" }],
    [`[trace](${FILES}/my%20trace.json)`, { name: "trace", kind: "text" }],
    [`[](${FILES}/notes.md)`, { name: "notes.md", kind: "text" }],
    [`[core.dmp](${FILES}/core.dmp)`, { name: "core.dmp", kind: "other" }],
    [`![cart](${ASSET})`, { name: "cart", kind: "image" }],
    [`<img width="601" alt="the cart" src="${ASSET}" />`, { name: "the cart", kind: "image" }],
    [`<IMG src='${ASSET}'>`, { name: "0a1b2c3d-1111-2222-3333-444455556666", kind: "image" }],
    ["[a.txt](https://github.com/acme/shop/files/7/a.txt)", { name: "a.txt", kind: "text" }],
    ["![x](https://user-images.githubusercontent.com/1/2.png)", { name: "x", kind: "image" }],
  ])("are found in %s", (text, attachment) => {
    expect(find(`Before ${text} after`)).toEqual([expect.objectContaining(attachment)]);
  });

  it("are none of GitHub's pages, and none at another host", () => {
    expect(STRANGE.flatMap(find)).toEqual([]);
  });

  it("are in the order of the text, at most twenty", () => {
    const text = `![one](${ASSET}) <img alt="two" src="${ASSET}"> [three.txt](${FILES}/three.txt)`;
    expect(find(text).map(({ name }) => name)).toEqual(["one", "two", "three.txt"]);
    expect(find(text.repeat(50))).toHaveLength(20);
  });

  it("are those of the GitHub that the job runs on", () => {
    const own = "[a.log](https://git.acme.example/user-attachments/files/1/a.log)";
    expect(findAttachments(own, "https://git.acme.example")).toHaveLength(1);
    expect(find(own)).toEqual([]);
  });
});
