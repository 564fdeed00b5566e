import type { ConfigNode } from '../source/config-node.js';

const longest = 60;

/** What was written, in words. Where it came from variables they are named; passwords in addresses are not shown. */
export function finding(node: ConfigNode | undefined): string {
  if (node === undefined) return 'nothing';
  if (node.kind !== 'scalar') return node.kind === 'list' ? 'a list' : 'a mapping';
  const shown = typeof node.value === 'string' ? JSON.stringify(withoutPassword(node.value)) : String(node.value);
  const short = shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
  return node.variables.length === 0 ? short : `${short} (from ${node.variables.join(', ')})`;
}

function withoutPassword(text: string): string {
  return text.replace(/\/\/[^/\s]*@/g, '//…@');
}
