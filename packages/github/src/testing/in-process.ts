import { type Time, unpaced } from "@patchpilot/http";
import type { GitHub } from "../client.ts";
import { openGitHub } from "../open.ts";

/** One request as GitHub would see it. */
export type Asked = { readonly method: string; readonly path: string; readonly body: unknown };

/** A clock that only waiting moves, so that no test sleeps. */
function instantTime(): Time {
  let now = 0;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** A GitHub that lives in this process: `answer` gives the reply to each request, in turn. */
export function githubThat(answer: (asked: Asked, count: number) => Response): {
  readonly github: GitHub;
  readonly asked: Asked[];
} {
  const asked: Asked[] = [];
  const send = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined;
    asked.push({ method: init.method ?? "GET", path: url.pathname, body });
    return answer(asked.at(-1) as Asked, asked.length);
  };
  const access = {
    token: "ghs_0123456789",
    apiUrl: "https://api.github.com",
    graphqlUrl: "https://api.github.com/graphql",
    secrets: { "github-token": "ghs_0123456789" },
  };
  return {
    github: openGitHub(access, { fetch: send as typeof fetch, pacing: unpaced, time: instantTime() }),
    asked,
  };
}

/** A JSON reply with GitHub's clock on it. */
export const reply = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      date: "Sat, 21 Nov 2026 09:00:00 GMT",
      ...headers,
    },
  });

/** The error that a promise is rejected with. */
export const failureOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error("Nothing failed.");
    },
    (error: Error) => error,
  );
