import { inspect } from 'node:util';

/** Gives a text with everything secret in it replaced. */
export type Redact = (text: string) => string;

const replacement = '[secret]';
const secretField = /secret|password|^token$/i;

/** Replaces the given secrets, also as JSON, HTML and addresses write them. */
export function redactor(secrets: readonly string[]): Redact {
  const forms = [...new Set(secrets.filter((secret) => secret !== '').flatMap(writtenForms))];
  forms.sort((a, b) => b.length - a.length); // one that contains another goes first
  return (text) => forms.reduce((result, form) => result.replaceAll(form, replacement), text);
}

function writtenForms(secret: string): string[] {
  const html = secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), html, html.replace(/'/g, '&#39;')];
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
