import { setTimeout as wait } from "node:timers/promises";

/** Stands in for the warehouse's own service, which takes longer for one article than for another. */
const answerMs = ({ price }) => 40 + (price % 100);

/** How many pieces of an article the warehouse has. */
async function askWarehouse(item) {
  await wait(answerMs(item));
  return 1_000;
}

/** Whether the warehouse has everything that is in a cart. */
export async function isInStock({ items }, ask = askWarehouse) {
  for (const item of items) {
    const pieces = await ask(item);
    if (item.count > pieces) return false;
  }
  return true;
}
