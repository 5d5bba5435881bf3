import { logger } from "./logger.js";
import { charge } from "./api/payments.js";

export async function checkout(cart, user) {
  const address = user.addresses.find((one) => one.default);
  const label = address.street + ", " + address.city;
  try {
    const receipt = await charge(cart.total, user.card);
    return { receipt, label };
  } catch (error) {
    logger.error("charge failed", { error, cart: cart.id });
    throw error;
  }
}

export function couponOf(code) {
  return decodeURIComponent(code).trim().toUpperCase();
}
