/** An object of the REST API, snake_case, with what is empty left out. */
export type Wire = Readonly<Record<string, unknown>>;

/** A list that the server leaves out when it is empty; what is no object in it says nothing. */
export function wireList(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? value.filter((each): each is Wire => typeof each === 'object' && each !== null) : [];
}

/** A part that the server leaves out when it is empty. */
export function wireObject(value: unknown): Wire {
  return typeof value === 'object' && value !== null ? (value as Wire) : {};
}

/** A text that the server leaves out when it is empty. */
export function wireText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A whole number, 0 when the server leaves it out; some answers write it as text. */
export function wireInteger(value: unknown): number {
  return Number(value ?? 0);
}

/** A property for a text that may be absent: nothing when it is empty. */
export function optionalText<K extends string>(name: K, value: unknown): Partial<Record<K, string>> {
  const text = wireText(value);
  return text === '' ? {} : ({ [name]: text } as Record<K, string>);
}

/** `[{ key: 'a', value: '1' }]` as `{ a: '1' }`. */
export function toRecord(pairs: unknown): Record<string, string> {
  return Object.fromEntries(wireList(pairs).map(({ key, value }) => [wireText(key), wireText(value)]));
}

/** `{ a: '1' }` as `[{ key: 'a', value: '1' }]`. */
export function toPairs(record: Readonly<Record<string, string>>): { key: string; value: string }[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }));
}
