import { expect, it } from "vitest";
import type { SdkException } from "./sdk-event.ts";
import { toApiEvent } from "./stored-event.ts";

type Place = NonNullable<SdkException["mechanism"]>;

const error = (type: string, mechanism: Place = {}, name = type): SdkException => ({
  type,
  value: `${type} happened`,
  mechanism,
  stacktrace: { frames: [{ filename: "src/cart.ts", function: name, in_app: true }] },
});
const root = { exception_id: 0, is_exception_group: true };
const name = (...values: SdkException[]) => toApiEvent({ exception: { values } });

it("an issue is named by the last exception of a chain", () => {
  const chain = [
    error("KeyError", { exception_id: 1, parent_id: 0 }),
    error("CartError", { exception_id: 0 }),
  ];
  expect(name(...chain).title).toBe("CartError: CartError happened");
  expect(name(error("KeyError"), error("CartError")).title).toBe("CartError: CartError happened");
});

it("by the error of a group whose members are all that error, but its place is the group's", () => {
  const members = [2, 1].map((id) => error("KeyError", { exception_id: id, parent_id: 0 }));
  const { title, metadata } = name(...members, error("ExceptionGroup", root));
  expect(title).toBe("KeyError: KeyError happened");
  expect(metadata).toMatchObject({ type: "KeyError", function: "ExceptionGroup" });
});

it("by the group if its members differ", () => {
  const members = [
    error("A", { exception_id: 2, parent_id: 0 }),
    error("B", { exception_id: 1, parent_id: 0 }),
  ];
  expect(name(...members, error("ExceptionGroup", root)).title).toMatch(/^ExceptionGroup: /);
});

it("by the group if ids are missing or given twice", () => {
  const twice = [1, 1].map((id) => error("KeyError", { exception_id: id, parent_id: 0 }));
  expect(name(...twice, error("ExceptionGroup", root)).title).toMatch(/^ExceptionGroup: /);
});

it("by what React recovered from", () => {
  const value =
    "There was an error while hydrating but React was able to recover by instead client rendering from the nearest Suspense boundary.";
  const wrapper = { ...error("Error", { exception_id: 0 }), value };
  const cause = error("TypeError", { exception_id: 1, parent_id: 0, source: "cause" });
  expect(name(cause, wrapper).title).toBe("TypeError: TypeError happened");
});

it("by what RxJava wrapped", () => {
  const module = "io.reactivex.rxjava3.exceptions";
  const mechanism = { type: "UncaughtExceptionHandler", exception_id: 0 };
  const wrapper = { ...error("UndeliverableException", mechanism), module };
  const cause = error("IOException", { exception_id: 1, parent_id: 0 });
  expect(name(cause, wrapper).title).toBe("IOException: IOException happened");
});

it("by the function if the SDK made the exception up, and then it has no type", () => {
  const { title, metadata } = name(error("SIGABRT", { synthetic: true }, "abort_checkout"));
  expect([title, metadata.type]).toEqual(["abort_checkout", undefined]);
});

it("by the first line of a message, cut at 256 characters", () => {
  const { title } = name({ type: "E", value: `${"x".repeat(300)}\nmore` });
  expect(title).toBe(`E: ${"x".repeat(253)}...`);
});
