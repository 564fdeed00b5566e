import type { Clause } from './filter.js';
import type { Identifier } from './identifier.js';
import type { ValuesOf } from './match.js';

const promptTag: Identifier = { kind: 'tag', key: 'mlflow.prompt.is_prompt' };
const nameAttribute: Identifier = { kind: 'attribute', key: 'name' };

/**
 * Prompts are kept among registered models, under a tag. A server hides everything of their names unless the filter asks for them, and reads no other
 * condition on that tag.
 */
export function withoutPrompts<T>(
  items: readonly T[],
  valuesOf: ValuesOf<T>,
  clauses: readonly Clause[],
): { clauses: readonly Clause[]; visible: readonly T[] } {
  const onTag = clauses.filter(({ identifier }) => identifier.kind === 'tag' && identifier.key === promptTag.key);
  if (asksForPrompts(onTag[0])) return { clauses, visible: items };
  const nameOf = (item: T): unknown => valuesOf(item, nameAttribute)[0];
  const prompts = new Set(items.filter((item) => valuesOf(item, promptTag)[0] === 'true').map(nameOf));
  return {
    clauses: clauses.filter((clause) => !onTag.includes(clause)),
    visible: prompts.size === 0 ? items : items.filter((item) => !prompts.has(nameOf(item))),
  };
}

function asksForPrompts(clause: Clause | undefined): boolean {
  const value = String(clause?.values[0]).toLowerCase();
  return (clause?.comparator === '=' && value === 'true') || (clause?.comparator === '!=' && value === 'false');
}
