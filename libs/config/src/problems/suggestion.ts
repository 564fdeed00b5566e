import { closest, distance } from 'fastest-levenshtein';
import type { KeySchema } from './key-schema.js';
import { retiredKeyHint } from './retired-keys.js';
import { schemaAt } from './key-schema.js';

/** What was probably meant by an unknown key: a key of the same mapping, a key elsewhere, or a key that is gone. */
export function keyHint(root: KeySchema, parent: readonly PropertyKey[], key: string): string | undefined {
  const retired = retiredKeyHint([...parent, key].map(String).join('.'));
  if (retired !== undefined) return retired;
  const siblings = Object.keys(schemaAt(root, parent)?.properties ?? {});
  const near = nearest(key, siblings);
  if (near !== undefined) return `did you mean "${near}"?`;
  const elsewhere = pathsOf(root, key);
  if (elsewhere.length > 0) return `that key belongs to ${elsewhere.slice(0, 3).join(' or ')}`;
  return siblings.length === 0 ? undefined : `known keys here: ${siblings.join(', ')}`;
}

/** The word of `known` that differs from `word` by a typing error, if there is one. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const asked = normalised(word);
  const match = closest(asked, known.map(normalised));
  const allowed = Math.max(1, Math.floor(asked.length / 3));
  return distance(asked, match) <= allowed ? known.find((candidate) => normalised(candidate) === match) : undefined;
}

/** Case and separators do not count as typing errors: `batchSize` and `batch-size` mean `batch_size`. */
function normalised(word: string): string {
  return word.toLowerCase().replaceAll(/[-_\s]/g, '');
}

function pathsOf(schema: KeySchema, key: string, path: readonly string[] = []): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => [
    ...(normalised(name) === normalised(key) && path.length > 0 ? [path.join('.')] : []),
    ...pathsOf(child, key, [...path, name]),
  ]);
}
