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
  const pieces = await Promise.all(items.map((item) => ask(item)));
  return items.every(({ count }, index) => count <= pieces[index]);
}
