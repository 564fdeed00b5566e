import { inspect } from 'node:util';

/** Gives a text with everything secret in it replaced. */
export type Redact = (text: string) => string;

const replacement = '[secret]';
const secretField = /secret|password|^token$/i;

/** Replaces the given secrets, also as JSON (within JSON), HTML and addresses write them. */
export function redactor(secrets: readonly string[]): Redact {
  const given = [...new Set(secrets)].filter((secret) => secret !== '');
  given.sort((a, b) => b.length - a.length); // one that contains another goes first
  const patterns = given.map((secret) => new RegExp(secret.replace(/[^a-z0-9]/giu, anyForm), 'gi'));
  return (text) => patterns.reduce((result, pattern) => result.replace(pattern, replacement), text);
}

/** A pattern for a character and for what it becomes when it is escaped, once or again. */
function anyForm(character: string): string {
  const itself = character.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  const percent = Buffer.from(character).toString('hex').replace(/../g, '%$&');
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  const json = units.map((unit) => String.raw`\\{1,9}u${unit.toString(16).padStart(4, '0')}`).join('');
  return String.raw`(?:\\{0,9}${itself}|${percent}|${json}|&[#\w]+;)`;
}

/** The values of a body that are secret by their names. */
export function secretsOfBody(body: object | undefined): string[] {
  if (body === undefined || body instanceof Uint8Array) return [];
  return Object.entries(body as Record<string, unknown>).flatMap(([name, value]) =>
    secretField.test(name) && typeof value === 'string' ? [value] : [],
  );
}

/** Header values, and what stands in them behind the scheme: `Bearer abc` is as secret as `abc`. */
export function secretsOfHeaders(values: readonly string[]): string[] {
  return values.flatMap((value) => [value, value.slice(value.trimEnd().lastIndexOf(' ') + 1)]);
}

/** A cause as it may be shown: replaced by its message alone when anything in it is secret. */
export function redactCause(redact: Redact, cause: unknown): unknown {
  const shown = inspect(cause, { depth: 6, showHidden: true });
  if (redact(shown) === shown) return cause;
  const { name, message } = cause instanceof Error ? cause : { name: 'Error', message: String(cause) };
  const replaced = new Error(redact(message));
  replaced.name = name;
  replaced.stack = `${name}: ${replaced.message}`;
  return replaced;
}
