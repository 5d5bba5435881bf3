import { VirtualClock } from "@patchpilot/simulators/clock";
import { createGitHubWorld } from "@patchpilot/simulators/github";
import { describe, expect, test } from "vitest";
import { openMailbox } from "./mailbox.ts";

function openShop() {
  const clock = new VirtualClock("2026-03-02T18:00:00Z");
  const files = { "a.js": "1\n" };
  const world = createGitHubWorld({ clock, repositories: [{ owner: "acme", name: "shop", files }] });
  world.setRole("maya", "write");
  world.setRole("bob", "write");
  return { world, maya: world.as("maya"), bob: world.as("bob"), box: openMailbox(world, "maya") };
}

type Shop = ReturnType<typeof openShop>;

const reasonsAfter = (act: (shop: Shop) => void): string[] => {
  const shop = openShop();
  act(shop);
  return shop.box.mails.map(({ reason, body }) => `${reason}: ${body}`);
};

const openByBob = ({ bob }: Shop) => bob.openIssue({ title: "It crashes", body: "See the log." }).number;

describe("GitHub mails", () => {
  test("a comment that mentions you", () => {
    const mails = reasonsAfter((shop) => shop.bob.comment(openByBob(shop), "@maya, please look."));
    expect(mails).toEqual(["you were mentioned: @maya, please look."]);
  });

  test("an issue that mentions you, under its title", () => {
    const { bob, box } = openShop();
    bob.openIssue({ title: "It crashes", body: "cc @maya" });
    expect(box.mails).toMatchObject([{ subject: "[acme/shop] It crashes (Issue #1)", from: "bob" }]);
  });

  test("what follows a mention, and the close", () => {
    const mails = reasonsAfter((shop) => {
      const issue = openByBob(shop);
      shop.bob.comment(issue, "@maya?");
      shop.bob.comment(issue, "Anybody?");
      shop.bob.closeIssue(issue);
    });
    expect(mails.slice(1)).toEqual([
      "you are subscribed to this thread: Anybody?",
      "you are subscribed to this thread: Closed #1.",
    ]);
  });

  test("what follows your own comment", () => {
    const mails = reasonsAfter((shop) => {
      const issue = openByBob(shop);
      shop.maya.comment(issue, "I look.");
      shop.bob.comment(issue, "Thank you.");
    });
    expect(mails).toEqual(["you are subscribed to this thread: Thank you."]);
  });
});

test("a listener hears of each mail at once", () => {
  const { world, bob } = openShop();
  const heard: string[] = [];
  openMailbox(world, "maya", ({ body }) => heard.push(body));
  bob.openIssue({ title: "It crashes", body: "cc @maya" });
  expect(heard).toEqual(["cc @maya"]);
});

describe("GitHub mails nothing about", () => {
  test.each<[string, (shop: Shop) => void]>([
    ["a comment in a thread that you have no part in", (shop) => shop.bob.comment(openByBob(shop), "Hm.")],
    ["your own comment", (shop) => shop.maya.comment(openByBob(shop), "@maya talks to herself")],
    ["another name that begins like yours", (shop) => shop.bob.comment(openByBob(shop), "@maya-b?")],
    ["a name in code", (shop) => shop.bob.comment(openByBob(shop), "`@maya`")],
    ["a name in a hidden line", (shop) => shop.bob.comment(openByBob(shop), "Hm. <!-- @maya -->")],
    ["a label", (shop) => shop.bob.label(openByBob(shop), "bug")],
    [
      "an edit that mentions you",
      (shop) => shop.bob.editComment(shop.bob.comment(openByBob(shop), "Hm.").id, "@maya, look."),
    ],
  ])("%s", (_, act) => {
    expect(reasonsAfter(act)).toEqual([]);
  });
});
