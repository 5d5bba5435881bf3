import { readInstallation } from "@patchpilot/github";
import { createHttp, type Http } from "@patchpilot/http";
import * as z from "zod";
import { type Answer, openAsking } from "../asking.ts";
import type { Code } from "../code.ts";
import { BUDGET, type CheckWires } from "../wires.ts";
import { findVendor, KEY_INPUTS, type ModelVendor, type WorkerFacts, type WorkerSettings } from "./facts.ts";

type Vendor = {
  readonly name: string;
  readonly url: string;
  readonly headers: (key: string) => Readonly<Record<string, string>>;
};

const VENDORS: Readonly<Record<ModelVendor, Vendor>> = {
  anthropic: {
    name: "Anthropic",
    url: "https://api.anthropic.com",
    headers: (key) => ({ "x-api-key": key, "anthropic-version": "2023-06-01" }),
  },
  openai: {
    name: "OpenAI",
    url: "https://api.openai.com",
    headers: (key) => ({ authorization: `Bearer ${key}` }),
  },
};

const modelList = z.looseObject({ data: z.array(z.unknown()) });

/** Asks the agent's vendor for its models, which costs nothing, and GitHub for the App that opens pull requests. */
export async function readWorker(
  settings: WorkerSettings,
  { repository }: Pick<Code, "repository">,
  apiUrl: string,
  now: Date,
  wires: CheckWires,
): Promise<WorkerFacts> {
  const vendor = findVendor(settings.agent);
  const key = vendor && settings[KEY_INPUTS[vendor]];
  const { "app-id": appId, "app-private-key": appKey } = settings;
  return {
    ...(vendor && key
      ? { models: await readModels(VENDORS[vendor], key, settings["model-url"], wires) }
      : {}),
    ...(appId && appKey
      ? {
          installation: await asking("GitHub", wires, (http) =>
            readInstallation({ id: appId, privateKey: appKey, apiUrl, http }, repository, now),
          ),
        }
      : {}),
  };
}

function readModels(
  { name, url, headers }: Vendor,
  key: string,
  modelUrl: string | undefined,
  wires: CheckWires,
): Promise<Answer<number>> {
  return asking(name, wires, async (http) => {
    const { value } = await http.json(`${(modelUrl ?? url).replace(/\/+$/, "")}/v1/models`, {
      parse: (body) => modelList.parse(body),
      init: { headers: { accept: "application/json", ...headers(key) } },
      remedies: {
        unauthorized: "The key is wrong, expired or revoked: make a new one, with a spending limit.",
      },
    });
    return value.data.length;
  });
}

function asking<T>(
  name: string,
  wires: CheckWires,
  question: (http: Http) => Promise<T>,
): Promise<Answer<T>> {
  const { fetch, ask } = openAsking(wires.fetch);
  const http = createHttp({ name, retries: 1, budget: BUDGET, ...wires, fetch });
  return ask(() => question(http));
}
