import type { ConfigIssue } from '../problems/config-issue.js';
import type { ConfigNode, ConfigScalar } from './config-node.js';
import { type Environment, substituteVariables, typedScalar, type Substitution } from './variables.js';

/** A tree whose texts have their variables filled in; what could not be filled in is reported and marked broken. */
export function fillVariables<T extends ConfigNode>(root: T, env: Environment, issues: ConfigIssue[]): T {
  return fillNode(root, [], { env, issues }) as T;
}

interface Filling {
  readonly env: Environment;
  readonly issues: ConfigIssue[];
}

function fillNode(node: ConfigNode, path: readonly string[], filling: Filling): ConfigNode {
  switch (node.kind) {
    case 'mapping': {
      const filled = [...node.entries].map(
        ([key, entry]) => [key, { ...entry, node: fillNode(entry.node, [...path, key], filling) }] as const,
      );
      return { ...node, entries: new Map(filled) };
    }
    case 'list':
      return { ...node, items: node.items.map((item, i) => fillNode(item, [...path, String(i)], filling)) };
    case 'scalar':
      return fillScalar(node, path.join('.'), filling);
  }
}

function fillScalar(node: ConfigScalar, path: string, { env, issues }: Filling): ConfigScalar {
  if (typeof node.value !== 'string' || !node.value.includes('${')) return node;
  const substitution = substituteVariables(node.value, env);
  const found = problems(substitution);
  issues.push(...found.map((problem) => ({ ...node.position, path, ...problem })));
  return {
    ...node,
    value: node.plain ? typedScalar(substitution.text) : substitution.text,
    variables: substitution.variables,
    broken: found.length > 0,
  };
}

function problems({ missing, malformed }: Substitution): Pick<ConfigIssue, 'expected' | 'found' | 'hint'>[] {
  const unset = missing.map((name) => ({
    expected: `the environment variable ${name}`,
    found: 'no such variable',
    hint: `set ${name}, or write \${${name}:-default}`,
  }));
  if (malformed === undefined) return unset;
  const wrong = { expected: '${NAME} or ${NAME:-default}', found: JSON.stringify(malformed) };
  return [...unset, { ...wrong, hint: 'a literal ${ is written $${' }];
}
