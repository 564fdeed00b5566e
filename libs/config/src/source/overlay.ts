import type { ConfigMapping, ConfigNode } from './config-node.js';

/** `base` with every key of `top` laid over it: mappings are merged, anything else is replaced. Places are kept. */
export function overlay(base: ConfigMapping, top: ConfigMapping): ConfigMapping {
  const entries = new Map(base.entries);
  for (const [key, entry] of top.entries) {
    const below = entries.get(key)?.node;
    entries.set(key, { ...entry, node: merged(below, entry.node) });
  }
  return { ...top, entries };
}

function merged(base: ConfigNode | undefined, top: ConfigNode): ConfigNode {
  return base?.kind === 'mapping' && top.kind === 'mapping' ? overlay(base, top) : top;
}
