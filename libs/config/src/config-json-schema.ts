import { fileKeySchema, type KeySchema } from './problems/key-schema.js';

const variable: KeySchema = { type: 'string', pattern: '\\$\\{' };

/**
 * JSON Schema (draft 2020-12) of a configuration file, for editors: every key with its description and default. Keys
 * that take a number, a boolean, one word of a list or a form of text also take text with a `${VAR}`, which is filled in before the check.
 */
export function configJsonSchema(): Record<string, unknown> {
  return { title: 'i-drill MLOps configuration', ...withVariables(fileKeySchema()) };
}

function withVariables(schema: KeySchema): KeySchema {
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties).map(([key, child]) => [key, withVariables(child)]);
    return { ...schema, properties: Object.fromEntries(properties) as Record<string, KeySchema> };
  }
  if (typeof schema.additionalProperties === 'object') {
    return { ...schema, additionalProperties: withVariables(schema.additionalProperties) };
  }
  return refusesVariables(schema) ? orVariable(schema) : schema;
}

/** Whether a text with a variable would be refused before the variable is filled in. */
function refusesVariables({ type, enum: words, pattern }: KeySchema): boolean {
  const types = [type ?? []].flat();
  return (
    words !== undefined ||
    pattern !== undefined ||
    types.some((name) => ['integer', 'number', 'boolean'].includes(name))
  );
}

function orVariable({ description, default: value, ...rest }: KeySchema): KeySchema {
  return {
    ...(description === undefined ? {} : { description }),
    ...(value === undefined ? {} : { default: value }),
    anyOf: [rest, variable],
  };
}
