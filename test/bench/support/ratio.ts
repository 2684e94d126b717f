/** How many times `other` goes into `value`, for tables: `0.5×`; `–` where that means nothing. */
export function ratio(value: number, other: number): string {
  if (!(value > 0) || !(other > 0)) return '–';
  const times = value / other;
  if (times >= 100) return `${times.toFixed(0)}×`;
  return times >= 10 ? `${times.toFixed(1)}×` : `${times.toFixed(2)}×`;
}
