import type { KeySchema } from './key-schema.js';

const typeWords: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  string: 'text',
  object: 'a mapping',
  array: 'a list',
  null: 'null',
};

/**
 * What a key takes, in words: `a whole number >= 1`, `one of soft, mixed, hard`, `a number > 0 or null`.
 */
export function expectation(schema: KeySchema | undefined): string {
  if (schema === undefined) return 'a known key';
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  if (schema.anyOf !== undefined) return schema.anyOf.map(expectation).join(' or ');
  const [first = 'value', ...others] = [schema.type ?? []].flat();
  const alternatives = others.map((type) => ` or ${typeWords[type] ?? type}`).join('');
  return `${typeWords[first] ?? first}${bounds(schema)}${alternatives}`;
}

function bounds(schema: KeySchema): string {
  const parts = [
    bound('>=', schema.minimum),
    bound('>', schema.exclusiveMinimum),
    bound('<=', schema.maximum),
    bound('<', schema.exclusiveMaximum),
  ].filter((part) => part !== undefined);
  const filled = (schema.minLength ?? schema.minItems ?? 0) > 0 ? ' that is not empty' : '';
  return parts.length === 0 ? filled : ` ${parts.join(' and ')}`;
}

function bound(sign: string, value: number | undefined): string | undefined {
  // zod states the limits of safe integers; they say nothing to a reader.
  const isStated = value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return isStated ? `${sign} ${value}` : undefined;
}
