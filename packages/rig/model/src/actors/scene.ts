import type { Config } from "../decide/config.ts";
import type { DispatchJudge } from "../decide/dispatch-judge.ts";
import type { WorkerJudge } from "../decide/worker-judge.ts";
import type { Facts } from "../github/facts.ts";
import { AT } from "../github/places.ts";
import { change, read, type State } from "../github/state.ts";

/** What a step did that an invariant asks about, beside the states before and after it. */
export type Event =
  | {
      readonly kind: "sent";
      readonly run: number;
      readonly issue: number;
      readonly attempt: number;
      readonly isRepeat: boolean;
    }
  | { readonly kind: "may-send"; readonly run: number }
  | { readonly kind: "pull-opened"; readonly worker: number }
  | { readonly kind: "committed"; readonly worker: number; readonly onto: string; readonly parent: string };

/** Takes a state that can come next. `what` says in words what happened; a trace prints it. */
export type TakeNext = (next: State, what: string, event?: Event) => void;

/** What every step is played with. */
export type ModelScene = {
  readonly config: Config;
  readonly facts: Facts;
  readonly dispatch: DispatchJudge;
  readonly worker: WorkerJudge;
  /** Faults have stopped: requests are served, replicas show everything, nobody dies. */
  readonly isFair: boolean;
};

/** What an actor acts on, and who takes what comes of it. */
export type SceneTurn = { readonly scene: ModelScene; readonly state: State; readonly emit: TakeNext };

export const mayFail = ({ config, isFair }: ModelScene, state: State): boolean =>
  !isFair && read(state, AT.faults) < config.faults;

const countFault = (state: State): State => change(state, [AT.faults, read(state, AT.faults) + 1]);

/** What a reader may be informed of a place: what it holds, and what a replica that is behind still shows. */
export function readPlaces<T>(
  state: State,
  places: readonly number[],
  tell: (at: (place: number) => number, isOld: boolean) => T,
): T[] {
  const lagging = read(state, AT.lagging) - 1;
  const now = tell((place) => read(state, place), false);
  if (!places.includes(lagging)) return [now];
  return [now, tell((place) => (place === lagging ? read(state, AT.lagged) : read(state, place)), true)];
}

export type WriteReply = "done" | "refused" | "unknown";

/** A write of one ref, or of what else moves only from what was read. */
export type RefWrite = {
  readonly place: number;
  /** What the writer read there. */
  readonly from: number;
  readonly to: number;
  readonly what: string;
  readonly event?: Event;
  /** GitHub's fence does not hold. */
  readonly isForced?: boolean;
};

/**
 * Sends a write with each fate: served; the reply lost; the request lost. What took effect may stay unseen by a replica.
 * @param then makes of the state what the writer does with the reply
 */
export function writeRef(
  scene: ModelScene,
  state: State,
  emit: TakeNext,
  write: RefWrite,
  then: (next: State, reply: WriteReply) => void,
): void {
  const { place, from, to, what, event, isForced = false } = write;
  const before = read(state, place);
  const isTaken = before === from || isForced;
  const after = isTaken ? change(state, [place, to]) : state.slice();
  const tell = (next: State, reply: WriteReply, words: string, informed?: Event) => {
    then(next, reply);
    emit(next, `${what}${words}`, informed);
  };
  const reply = isTaken ? "done" : "refused";
  tell(after.slice(), reply, isTaken ? "" : ": refused, it moved", isTaken ? event : undefined);
  if (!mayFail(scene, state)) return;
  tell(
    countFault(after),
    "unknown",
    isTaken ? ": done, reply lost" : ": refused, reply lost",
    isTaken ? event : undefined,
  );
  if (!isTaken) return;
  tell(countFault(state), "unknown", ": request lost");
  if (before !== to && read(state, AT.lagging) === 0)
    tell(
      change(countFault(after), [AT.lagging, place + 1], [AT.lagged, before]),
      reply,
      ": done, not seen by a replica",
      event,
    );
}

/** What changes without anybody being informed: it may stay unseen by a replica, too. */
export function showChange(
  scene: ModelScene,
  state: State,
  emit: TakeNext,
  write: Pick<RefWrite, "place" | "what" | "event">,
  next: State,
): void {
  emit(next, write.what, write.event);
  if (!mayFail(scene, state) || read(state, AT.lagging) !== 0) return;
  const late = change(countFault(next), [AT.lagging, write.place + 1], [AT.lagged, read(state, write.place)]);
  emit(late, `${write.what}: not seen by a replica`, write.event);
}
export { countFault };
