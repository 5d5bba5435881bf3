const COUPONS = new Map([
  ["SPRING", { percent: 10 }],
  ["WELCOME", { percent: 15 }],
]);

/** What a cart costs, in cents. `coupon` is what the visitor typed, if anything. */
export function totalOf({ items, coupon }) {
  const sum = items.reduce((total, { price, count }) => total + price * count, 0);
  return sum - discountOf(coupon, sum);
}

function discountOf(code, sum) {
  if (code === undefined) return 0;
  const coupon = COUPONS.get(code);
  return Math.round((sum * coupon.percent) / 100);
}
