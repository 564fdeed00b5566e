import { toPlainValue } from './plain-value.js';

/** What a param can be set to; lists and objects are kept as JSON. */
export type ParamValue = string | number | bigint | boolean | null | object;

/**
 * The text as which a param is kept, since MLflow keeps texts only: a text as it is, a number as JavaScript writes it (`0.1`, `1e-7`, `NaN`,
 * `Infinity`), `true`, `false`, `null`, a `Date` in ISO form, lists and objects as JSON without spaces, in which NaN is the text `"NaN"`.
 *
 * @example
 * ```ts
 * import { paramText } from 'mlflow-client-ts';
 * paramText({ rates: [0.1, NaN], bias: true }); // => '{"rates":[0.1,"NaN"],"bias":true}'
 * ```
 */
export function paramText(value: ParamValue): string {
  const plain = toPlainValue('write the value as text', value);
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

/** Params as a store keeps them. */
export function paramTexts(params: Readonly<Record<string, ParamValue>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, paramText(value)]));
}
