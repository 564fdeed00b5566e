import type { ConfigMapping, ConfigNode, SourcePosition } from '../source/config-node.js';

/** What stands at a path, as deep as the file goes. */
export interface Located {
  /** Of the value, or of the deepest mapping that was written. */
  readonly position: SourcePosition;
  /** Of the key itself. */
  readonly keyPosition: SourcePosition;
  /** `undefined` where nothing is written. */
  readonly node?: ConfigNode;
}

/** Finds a path in the file it was written in. */
export function locate(root: ConfigMapping, path: readonly PropertyKey[]): Located {
  let found: Required<Located> = { position: root.position, keyPosition: root.position, node: root };
  for (const key of path) {
    const next = child(found.node, key);
    if (next === undefined) return { position: found.keyPosition, keyPosition: found.keyPosition };
    found = next;
  }
  return found;
}

function child(node: ConfigNode, key: PropertyKey): Required<Located> | undefined {
  if (node.kind === 'mapping') {
    const entry = node.entries.get(String(key));
    return entry && { node: entry.node, position: entry.node.position, keyPosition: entry.keyPosition };
  }
  const item = node.kind === 'list' ? node.items[Number(key)] : undefined;
  return item && { node: item, position: item.position, keyPosition: item.position };
}
