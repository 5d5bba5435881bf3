import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "./find-chromium.ts";

/** A busy machine takes long to open a page. */
const PATIENCE_MS = 300_000;

/** How a page is looked at. Sizes in CSS pixels. */
export type Look = {
  readonly width: number;
  readonly height: number;
  readonly scheme: "light" | "dark";
};

export const TELEPHONE: Look = { width: 360, height: 740, scheme: "light" };
export const VIEWPORTS: readonly Look[] = [
  TELEPHONE,
  { ...TELEPHONE, scheme: "dark" },
  { width: 1280, height: 800, scheme: "light" },
  { width: 1280, height: 800, scheme: "dark" },
];

/** What can be asked in a page; the answers are made in in-page.js. Pixels from the comment's top. */
export type Answers = {
  /** Of the first comment after the issue's body; null where there is none. */
  readonly firstLook: {
    /** The heading: whose turn it is. */
    readonly turn: Seen | null;
    /** The first sentence with a number. */
    readonly number: Seen | null;
    /** The line that begins with "Next:". */
    readonly next: Seen | null;
  } | null;
  /** In pixels, with folds closed: of PatchPilot's comments together, and of the issue with its body and what GitHub adds. */
  readonly heights: { readonly comments: number; readonly issue: number };
  /** Puts the first comment after the issue's body there twice. */
  readonly sayTwice: null;
  readonly widthUnfolded: number;
  readonly deadLinks: readonly string[];
  readonly emptyHeads: number;
  readonly namelessScrollers: readonly string[];
  readonly axeFaults: readonly string[];
};

type Seen = { readonly text: string; readonly bottom: number };

export type OpenBrowser = {
  /** Opens a file and asks in it, in this order; what the page asks of a network is refused and noted. */
  readonly ask: <Question extends keyof Answers>(
    file: string,
    look: Look,
    questions: readonly Question[],
  ) => Promise<Pick<Answers, Question>>;
  /** Writes a picture of the first screen from the first comment after the issue's body on. */
  readonly photograph: (file: string, look: Look, picture: string) => Promise<void>;
  /** Addresses that pages asked of a network. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
};

export async function openBrowser(): Promise<OpenBrowser> {
  const browser = await launch();
  const scripts = [axe.source, await readFile(new URL("in-page.js", import.meta.url), "utf8")];
  const asked: string[] = [];
  const open = async (file: string, { width, height, scheme }: Look): Promise<Page> => {
    // The page's own policy allows no script, not even these.
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme: scheme,
      bypassCSP: true,
    });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.route(/^https?:/, (route) => {
      asked.push(route.request().url());
      return route.abort();
    });
    await page.goto(pathToFileURL(file).href);
    for (const content of scripts) await page.addScriptTag({ content });
    return page;
  };
  return {
    asked,
    close: () => browser.close(),
    ask: async (file, look, questions) => {
      const page = await open(file, look);
      const answers: Partial<Answers> = {};
      for (const question of questions)
        Object.assign(answers, { [question]: await page.evaluate(`inPage.${question}()`) });
      await page.close();
      return answers as Pick<Answers, (typeof questions)[number]>;
    },
    photograph: async (file, look, picture) => {
      const page = await open(file, look);
      await page.evaluate("inPage.scrollToFirstLook()");
      await page.screenshot({ path: picture });
      await page.close();
    },
  };
}

/** Root has no sandbox; the other switches keep Chromium from asking its maker for anything. */
function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
