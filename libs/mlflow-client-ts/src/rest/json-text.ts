// A string is matched whole, so that a NaN inside of it is left alone.
const stringOrNotANumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g;

/** Reads JSON in which a server may have left bare NaN, Infinity and -Infinity; they become the texts `"NaN"` and so on. */
export function parseServerJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const repaired = text.replace(stringOrNotANumber, (token) => (token.startsWith('"') ? token : `"${token}"`));
    if (repaired === text) throw error;
    return JSON.parse(repaired);
  }
}

/** A number as the server takes it: JSON has no NaN and no infinities, MLflow writes them as texts. */
export function encodeNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/**
 * A number as the server sends it. Its SQL store keeps an infinity as the largest double, which is turned back: a metric that
 * is exactly ±1.7976931348623157e308 reads as infinite.
 */
export function decodeNumber(value: unknown): number {
  const number = typeof value === 'number' ? value : Number(value);
  return Math.abs(number) === Number.MAX_VALUE ? Math.sign(number) * Infinity : number;
}
