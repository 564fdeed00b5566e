import { ConfigError } from './errors.js';
import { configSchema, type MlopsConfig } from './mlops-config.js';
import { type ConfigIssue, issueLine } from './problems/config-issue.js';
import { schemaIssues } from './problems/schema-issues.js';
import { plainValue, type ConfigMapping } from './source/config-node.js';
import { fillVariables } from './source/fill-variables.js';
import { readLayers } from './source/read-layers.js';
import type { Environment } from './source/variables.js';

/** What a configuration is read from. */
export interface LoadConfigOptions {
  /** The YAML file. */
  readonly path: string;
  /** Values of `${VAR}`, usually `process.env`. */
  readonly env: Environment;
}

/**
 * Reads a configuration file, lays it over the file it `extends`, fills in `${VAR}` and `${VAR:-default}`, and checks
 * every key. Paths inside stay as written: relative to the working directory.
 *
 * @returns every key, with the default where the files state none
 * @throws ConfigError `CONFIG_FILE_MISSING`, `CONFIG_FILE_UNREADABLE`, or `CONFIG_INVALID` with every issue at once
 */
export function loadConfig({ path, env }: LoadConfigOptions): MlopsConfig {
  const layers = readLayers(path);
  if (layers.issues.length > 0) throw invalid(path, layers.issues);
  const issues: ConfigIssue[] = [];
  const root: ConfigMapping = fillVariables(layers.root, env, issues);
  const parsed = configSchema.safeParse(plainValue(root));
  if (parsed.success && issues.length === 0) return parsed.data;
  throw invalid(path, [...issues, ...(parsed.success ? [] : schemaIssues(root, parsed.error.issues))]);
}

function invalid(path: string, found: readonly ConfigIssue[]): ConfigError {
  const issues = found.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
  const problems = issues.length === 1 ? '1 problem' : `${issues.length} problems`;
  const lines = issues.map((issue) => `\n  ${issueLine(issue)}`).join('');
  return new ConfigError(`Cannot use configuration "${path}": ${problems}${lines}`, {
    code: 'CONFIG_INVALID',
    details: { issues },
  });
}
