import type { JsonValue } from '../model/mlmodel.js';

/**
 * A value as YAML that is also JSON. Plain JSON is not quite YAML: PyYAML reads `1e-7` as a text, takes U+2028 for a line break,
 * and refuses control characters that JSON leaves as they are.
 */
export function writeYaml(value: JsonValue): string {
  return `${write(value, '')}\n`;
}

function write(value: JsonValue, indent: string): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return writeNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    return enclose(
      '[',
      ']',
      value.map((item) => write(item, inner)),
      indent,
    );
  }
  return enclose(
    '{',
    '}',
    Object.entries(value).map(([key, item]) => `${quote(key)}: ${write(item, inner)}`),
    indent,
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function enclose(open: string, close: string, items: readonly string[], indent: string): string {
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${items.map((item) => `${indent}  ${item}`).join(',\n')}\n${indent}${close}`;
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// YAML 1.1 wants a point in a number with an exponent.
function writeNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  const text = JSON.stringify(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
