import { expect, test } from "vitest";
import { HttpError } from "./client";
import { readOrder } from "./orders";

const answering = (status: number, body: string) => async () => ({ status, text: async () => body });

test("reads an order", async () => {
  const order = await readOrder(answering(200, '{"id":"a1","total":12}'), "a1");
  expect(order).toEqual({ id: "a1", total: 12 });
});

test("an error of the server is an HttpError", async () => {
  await expect(readOrder(answering(503, ""), "a1")).rejects.toBeInstanceOf(HttpError);
});
