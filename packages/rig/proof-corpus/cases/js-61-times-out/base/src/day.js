/** Reads YYYY-MM-DD. */
export function readDay(text, now) {
  const [year, month, day] = text.split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return now;
  return date;
}
