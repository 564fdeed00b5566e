import { isScalar, parseDocument } from 'yaml';

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A text with its variables filled in, or what stands in the way. */
export interface Substitution {
  readonly text: string;
  readonly variables: readonly string[];
  /** Variables without value and without default. */
  readonly missing: readonly string[];
  /** A `${` that starts no variable. */
  readonly malformed?: string;
}

const reference = /\$\$(?=\{)|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}|\$\{[^}]*\}?/g;

/**
 * Fills in `${NAME}` and `${NAME:-default}` as a shell does: the default stands in for a variable that is not set or
 * empty. `$${` is a literal `${`. Values are taken as they are, never searched for variables again.
 */
export function substituteVariables(text: string, env: Environment): Substitution {
  const variables: string[] = [];
  const missing: string[] = [];
  const malformed: string[] = [];
  const filled = text.replace(reference, (match: string, name: string | undefined, otherwise: string | undefined) => {
    if (match === '$$') return '$';
    if (name === undefined) {
      malformed.push(match);
      return match;
    }
    variables.push(name);
    const value = valueOf(env[name], otherwise);
    if (value === undefined) missing.push(name);
    return value ?? '';
  });
  return { text: filled, variables, missing, ...(malformed[0] === undefined ? {} : { malformed: malformed[0] }) };
}

/** The number, boolean or null a text stands for in YAML, else the text. */
export function typedScalar(text: string): unknown {
  if (text === '') return text;
  const { contents, errors } = parseDocument(text, { prettyErrors: false });
  if (errors.length > 0 || !isScalar(contents) || contents.source !== text) return text;
  return contents.value;
}

function valueOf(value: string | undefined, otherwise: string | undefined): string | undefined {
  if (otherwise === undefined) return value;
  return value === undefined || value === '' ? otherwise : value;
}
