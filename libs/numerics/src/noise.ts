import { threefry } from './threefry.js';

const key = new Int32Array(4);
const counter = new Int32Array(4);
const words = new Int32Array(4);

/**
 * Uniform numbers in (0, 1) that depend on `seed`, `stream`, `step` and their place in `out` only: whoever asks, in
 * whatever order, gets the same. For what must not depend on how work is divided, and for what goes on from a checkpoint
 * without a generator's state. Threefry-4×32-20, 32 bits a number, none of them 0 or 1.
 *
 * @param out filled whole
 * @param seed a safe integer ≥ 0
 * @param stream what the numbers are for, 0 to 2³² − 1
 * @param step when they are for, a safe integer ≥ 0
 *
 * @example
 * ```ts
 * import { uniformsAt } from '@i-drill/numerics';
 * const [first, again] = [new Float64Array(3), new Float64Array(3)];
 * uniformsAt(first, 7, 0, 1000);
 * uniformsAt(again, 7, 0, 1000);
 * first.every((value, i) => value === again[i]); // => true
 * ```
 */
export function uniformsAt(out: Float64Array, seed: number, stream: number, step: number): void {
  key[0] = seed | 0;
  key[1] = Math.floor(seed / 2 ** 32);
  counter[1] = stream | 0;
  counter[2] = step | 0;
  counter[3] = Math.floor(step / 2 ** 32);
  for (let first = 0; first < out.length; first += 4) {
    counter[0] = first >>> 2;
    threefry(key, counter, words);
    const count = Math.min(4, out.length - first);
    for (let i = 0; i < count; i++) out[first + i] = ((words[i]! >>> 0) + 0.5) / 2 ** 32;
  }
}

/**
 * Standard normal deviates by the same rule as {@link uniformsAt}: Box and Muller's transform (1958), two numbers from two.
 *
 * @param out filled whole
 *
 * @example
 * ```ts
 * import { normalsAt } from '@i-drill/numerics';
 * const noise = new Float64Array(4);
 * normalsAt(noise, 7, 0, 1);
 * noise.every((value) => Math.abs(value) < 7); // => true
 * ```
 */
export function normalsAt(out: Float64Array, seed: number, stream: number, step: number): void {
  const odd = out.length % 2;
  uniformsAt(out, seed, stream, step);
  for (let i = 0; i + 1 < out.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(out[i]!));
    const angle = 2 * Math.PI * out[i + 1]!;
    out[i] = radius * Math.cos(angle);
    out[i + 1] = radius * Math.sin(angle);
  }
  if (odd === 0) return;
  // A last number without a partner: its partner would be the next of the same block, or the first of the next one.
  const last = out.length - 1;
  const partner = nextUniform(last + 1);
  out[last] = Math.sqrt(-2 * Math.log(out[last]!)) * Math.cos(2 * Math.PI * partner);
}

/** The number at a place after the last one that {@link uniformsAt} gave. An odd count never ends a block of four. */
function nextUniform(place: number): number {
  return ((words[place & 3]! >>> 0) + 0.5) / 2 ** 32;
}
