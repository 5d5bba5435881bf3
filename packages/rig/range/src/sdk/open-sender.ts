import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { AppEvent } from "./app-event.ts";

/** A process with Sentry's SDK. */
export type Sender = {
  /** @throws Error where the SDK could not hand it over */
  readonly send: (event: AppEvent) => Promise<void>;
  readonly close: () => void;
};

export async function openSender(): Promise<Sender> {
  const child = fork(fileURLToPath(new URL("send-events.ts", import.meta.url)), [], {
    execArgv: ["--conditions=source"],
    env: { PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await awaitMessage(child);
  return {
    send: async (event) => {
      const answer = awaitMessage(child);
      child.send(event);
      const { sent } = (await answer) as { readonly sent?: boolean };
      if (sent !== true) throw new Error("Sentry's SDK did not hand the event over.");
    },
    close: () => child.disconnect(),
  };
}

const awaitMessage = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`The process of the SDK has ended (${code}).`));
    child.once("exit", fail);
    child.once("message", (message) => {
      child.off("exit", fail);
      resolve(message);
    });
  });
