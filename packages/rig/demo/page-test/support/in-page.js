// Runs in the page; what each function answers is typed in look.ts.
(() => {
  /** Whose comments PatchPilot's are. */
  const WRITER = "github-actions[bot]";
  /** @param {HTMLElement} element */
  // biome-ignore lint/performance/useDomNodeTextContent: what can be seen counts, not what is there.
  const readSeen = (element) => element.innerText;
  const unfoldAll = () => {
    for (const each of document.querySelectorAll("details")) each.open = true;
  };
  const listComments = () => [...document.querySelectorAll("main > section:first-of-type > .comment")];

  globalThis.inPage = {
    firstLook: () => {
      const comment = listComments()[1];
      if (comment === undefined) return null;
      const { top } = comment.getBoundingClientRect();
      const blocks = [...comment.querySelectorAll(".body > h3, .body > p, .body > blockquote")];
      const find = (fits) => {
        const element = blocks.find((block) => fits(readSeen(block), block.tagName));
        if (element === undefined) return null;
        return { text: readSeen(element), bottom: Math.round(element.getBoundingClientRect().bottom - top) };
      };
      return {
        turn: find((_, tag) => tag === "H3"),
        number: find((text, tag) => tag !== "H3" && /\d/.test(text) && !text.startsWith("Next:")),
        next: find((text) => text.startsWith("Next:")),
      };
    },
    scrollToFirstLook: () => listComments()[1]?.scrollIntoView({ block: "start" }),
    heights: () => {
      const section = document.querySelector("main > section:first-of-type");
      // What the page adds to say who gets a mail.
      for (const each of section.querySelectorAll(".mailed")) each.remove();
      const height = (element) => element.getBoundingClientRect().height;
      const ours = listComments().filter((comment) => readSeen(comment.querySelector("header b")) === WRITER);
      return {
        comments: Math.round(ours.reduce((sum, comment) => sum + height(comment), 0)),
        issue: Math.round(height(section)),
      };
    },
    sayTwice: () => {
      const [, comment] = listComments();
      comment.after(comment.cloneNode(true));
    },
    widthUnfolded: () => {
      unfoldAll();
      return document.documentElement.scrollWidth;
    },
    deadLinks: () =>
      [...document.querySelectorAll("a")]
        .map((link) => link.getAttribute("href") ?? "")
        .filter((href) => !href.startsWith("#") || document.getElementById(href.slice(1)) === null),
    emptyHeads: () =>
      [...document.querySelectorAll("thead")].filter(({ textContent }) => textContent.trim() === "").length,
    namelessScrollers: () =>
      [...document.querySelectorAll("[tabindex]")]
        .filter((each) => !each.hasAttribute("role") || !each.getAttribute("aria-label"))
        .map(({ outerHTML }) => outerHTML.slice(0, 200)),
    axeFaults: async () => {
      unfoldAll();
      const { violations } = await globalThis.axe.run(document);
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    },
  };
})();
