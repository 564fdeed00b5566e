import type { ByteRange } from './artifact-places.js';

/**
 * The part of a file that a `Range` header asks for; `undefined` when the whole is to be sent: also for several parts and for other units,
 * as RFC 9110, §14.2 allows. `'unsatisfiable'` when the file ends before the part begins.
 */
export function parseRange(header: string, sizeBytes: number): ByteRange | 'unsatisfiable' | undefined {
  const count = /^bytes=-(\d+)$/.exec(header)?.[1];
  if (count !== undefined) return within(Math.max(0, sizeBytes - Number(count)), Infinity, sizeBytes);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header) ?? [];
  if (first === undefined) return undefined;
  const [start, end] = [Number(first), last === '' ? Infinity : Number(last)];
  return start > end ? undefined : within(start, end, sizeBytes);
}

function within(start: number, end: number, sizeBytes: number): ByteRange | 'unsatisfiable' {
  return start < sizeBytes ? { start, end: Math.min(end, sizeBytes - 1) } : 'unsatisfiable';
}
