/** What a cart costs, in cents. */
export function totalOf({ items }) {
  return items.reduce((total, { price, count }) => total + price * count, 0);
}
