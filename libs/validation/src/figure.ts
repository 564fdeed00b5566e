/** A number as a reader wants it: four significant digits, no noise. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** A share in percent. */
export function percent(share: number): string {
  return `${figure(share * 100)} %`;
}

/** `1 unit`, `2 units`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
