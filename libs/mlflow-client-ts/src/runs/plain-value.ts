import { invalidValue } from '../faults.js';
import type { JsonValue } from '../model/mlmodel.js';

interface Place {
  readonly action: string;
  readonly path: string;
  readonly around: readonly object[];
}

/**
 * Any value of a program as JSON: NaN and the infinities become the texts `NaN`, `Infinity`, `-Infinity` (as MLflow's own API writes them),
 * a bigint its digits, a `Date` its ISO text, a typed array a list; `undefined` is left out of objects and is null in lists. Functions, symbols,
 * maps, sets and values that contain themselves are refused. `action` starts the message: `log param "x"`.
 */
export function toPlainValue(action: string, value: unknown): JsonValue {
  if (value === undefined) throw refusal({ action, path: '', around: [] }, 'it is undefined; leave it out');
  return convert({ action, path: '', around: [] }, value);
}

function convert(place: Place, value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'object') return convertObject(place, value);
  throw refusal(place, `it is a ${typeof value}; give data`);
}

function convertObject(place: Place, value: object): JsonValue {
  if (place.around.includes(value)) throw refusal(place, 'it contains itself; give a tree');
  const inner = { ...place, around: [...place.around, value] };
  if (value instanceof Date) return convertDate(place, value);
  if (hasJson(value)) return convert(inner, value.toJSON());
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return convertList(inner, Array.from(value as never));
  if (Array.isArray(value)) return convertList(inner, value);
  if (value instanceof Map || value instanceof Set)
    throw refusal(place, 'it is a Map or a Set; give an object or a list');
  return convertEntries(inner, value);
}

function hasJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function convertDate(place: Place, date: Date): string {
  if (Number.isNaN(date.getTime())) throw refusal(place, 'it is an invalid date');
  return date.toISOString();
}

function convertList(place: Place, items: readonly unknown[]): JsonValue {
  return items.map((item, i) => convert({ ...place, path: `${place.path}[${i}]` }, item));
}

function convertEntries(place: Place, value: object): JsonValue {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, convert({ ...place, path: `${place.path}.${key}` }, item)]),
  );
}

function refusal({ action, path }: Place, problem: string): Error {
  return invalidValue(`Cannot ${action}: ${path === '' ? '' : `at ${path}, `}${problem}`, { path });
}
