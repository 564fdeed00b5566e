import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { ConfigError } from '../errors.js';
import type { ConfigIssue } from '../problems/config-issue.js';
import { finding } from '../problems/finding.js';
import type { ConfigMapping, ConfigNode, ConfigScalar } from './config-node.js';
import { overlay } from './overlay.js';
import { parseConfig } from './parse-config.js';

/** A file and the files it builds on, merged, without their `extends`. */
export interface Layers {
  readonly root: ConfigMapping;
  readonly issues: readonly ConfigIssue[];
}

/** Reads `path` and every file it extends; nearer files win. */
export function readLayers(path: string): Layers {
  return readLayer(path, [], undefined);
}

function readLayer(path: string, above: readonly string[], extendedBy: string | undefined): Layers {
  const { root, issues } = parseConfig(readText(path, extendedBy), path);
  const entry = root.entries.get('extends');
  if (entry === undefined) return { root, issues };

  const own = withoutExtends(root);
  const chain = [...above, resolve(path)];
  const { node } = entry;
  if (!isFileName(node)) return { root: own, issues: [...issues, extendsIssue(node, 'the name of a file')] };
  const basePath = isAbsolute(node.value) ? node.value : join(dirname(path), node.value);
  if (chain.includes(resolve(basePath))) {
    return { root: own, issues: [...issues, extendsIssue(node, 'a file that does not build on this one')] };
  }
  const place = `${node.position.file}:${node.position.line}:${node.position.column}`;
  const base = readLayer(basePath, chain, place);
  return { root: overlay(base.root, own), issues: [...base.issues, ...issues] };
}

function isFileName(node: { kind: string; value?: unknown }): node is ConfigScalar & { value: string } {
  return node.kind === 'scalar' && typeof node.value === 'string' && node.value !== '';
}

function withoutExtends(root: ConfigMapping): ConfigMapping {
  return { ...root, entries: new Map([...root.entries].filter(([key]) => key !== 'extends')) };
}

function extendsIssue(node: ConfigNode, expected: string): ConfigIssue {
  return { ...node.position, path: 'extends', expected, found: finding(node) };
}

function readText(path: string, extendedBy: string | undefined): string {
  const details = { path, ...(extendedBy === undefined ? {} : { extendedBy }) };
  const named = extendedBy === undefined ? '' : ` (named by extends in ${extendedBy})`;
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new ConfigError(`Cannot read configuration "${path}"${named}: no such file; check the path`, {
        code: 'CONFIG_FILE_MISSING',
        details,
        cause,
      });
    }
    throw new ConfigError(
      `Cannot read configuration "${path}"${named}: ${(cause as Error).message}; give a file that can be read`,
      { code: 'CONFIG_FILE_UNREADABLE', details, cause },
    );
  }
}
