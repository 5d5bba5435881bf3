import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { renderPage } from "../../src/page/demo-page.ts";
import { DEMO_SCENARIOS } from "../../src/story/scenarios.ts";
import { WORLD_STORIES } from "./world-stories.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** Every story that is looked at: those of the demo, and what it does not play. */
export const STORIES = [...Object.keys(DEMO_SCENARIOS), ...Object.keys(WORLD_STORIES)];

/** Pages live as long as the tests: each is made once a file of tests. */
const made = new Map<string, Promise<string>>();

/**
 * The page of a story. Playing takes half a minute, so `DEMO_PAGES` may name a folder in which pages are kept: one that
 * is there is not made again.
 * @returns its path
 */
export function makePage(story: string): Promise<string> {
  const page = made.get(story) ?? writePage(story);
  made.set(story, page);
  return page;
}

async function writePage(story: string): Promise<string> {
  const kept = process.env["DEMO_PAGES"];
  const folder = kept ?? (await mkdtemp(join(tmpdir(), "patchpilot-pages-")));
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${story}.html`);
  if (existsSync(file)) return file;
  const world = WORLD_STORIES[story];
  const draft = `${file}.part`; // A story that ends otherwise than it says leaves no page that is kept.
  if (world === undefined) await play(story, draft);
  else await writeFile(draft, await renderPage(await world()));
  await rename(draft, file);
  return file;
}

const play = (scenario: string, file: string): Promise<unknown> =>
  promisify(execFile)(process.execPath, ["--conditions=source", MAIN, "--scenario", scenario, "--out", file]);
