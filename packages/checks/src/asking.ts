import { inlineCode } from "@patchpilot/evidence";
import { HttpFailure, type HttpFailureKind, type Transport, transport } from "@patchpilot/http";
import { type Asked, type Check, type CheckSubject, missing, unanswered } from "./check.ts";

/** What came back from one question. */
export type Answer<T> = Answered<T> | Refused;

export type Answered<T> = { readonly state: "answered"; readonly value: T; readonly asked: Asked };

export type Refused = {
  readonly state: "refused";
  /** `invalid`: the value cannot be one, so nothing was asked. */
  readonly kind: HttpFailureKind | "invalid";
  readonly found: string;
  readonly remedy: string;
  readonly asked: readonly string[];
};

/** One service as the checks ask it. Every request is noted: no check is right without one. */
export type Asking = {
  /** Goes into the service's client. */
  readonly fetch: Transport;
  /** Puts one question; what it throws becomes a refusal. One at a time. */
  readonly ask: <T>(question: () => Promise<T>) => Promise<Answer<T>>;
};

/** @param wire what really sends; default: Node's own client */
export function openAsking(wire: Transport = transport): Asking {
  const answered: string[] = [];
  return {
    fetch: async (url, message) => {
      const reply = await wire(url, message);
      answered.push(`${message.method} ${new URL(url).pathname}`);
      return reply;
    },
    ask: async (question) => {
      answered.length = 0;
      try {
        const value = await question();
        const [first, ...rest] = answered;
        if (first === undefined) throw new Error("A check asked nothing, so it cannot say that all is well.");
        return { state: "answered", value, asked: [first, ...rest] };
      } catch (error) {
        return describeRefusal(error, [...answered]);
      }
    },
  };
}

function describeRefusal(error: unknown, asked: readonly string[]): Refused {
  if (error instanceof HttpFailure) {
    const { kind, happened, detail, remedy } = error;
    // What a service says of it may be anything.
    const said = detail === undefined ? "" : ` It says: ${inlineCode(detail)}.`;
    return { state: "refused", kind, found: `${happened}${said}`, remedy, asked };
  }
  return { state: "refused", kind: "invalid", found: (error as Error).message, remedy: "", asked };
}

/** Failures that say nothing about the set-up. */
const PASSING = new Set<Refused["kind"]>(["server", "rate-limited", "budget", "ambiguous"]);

/** Whether the refusal is the service's trouble and not a wrong setting. */
const isPassing = ({ kind }: Refused): boolean => PASSING.has(kind);

/** A part about which the service refused to answer. */
export function judgeRefusal(subject: CheckSubject, refusal: Refused): Check {
  return isPassing(refusal)
    ? unanswered(subject, refusal.found)
    : missing(subject, refusal.found, refusal.remedy, refusal.asked);
}
