import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MlflowError } from '../errors.js';
import type { Environment } from './environment.js';
import { parseIni } from './ini.js';

/** How a caller tells who it is. */
export interface Authorization {
  /** Value of the header. */
  readonly header: string;
  /** What must never be shown. */
  readonly secrets: readonly string[];
}

/**
 * The Authorization header, found where Python's client finds it: user and password in the address, then
 * MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, then `~/.mlflow/credentials`, then MLFLOW_TRACKING_TOKEN.
 */
export function authorizationOf(url: URL, env: Environment): Authorization | undefined {
  if (url.username !== '') return basic(decoded(url.username), decoded(url.password));
  const fromFile = readCredentialsFile(env);
  const username = firstGiven(env['MLFLOW_TRACKING_USERNAME'], fromFile['mlflow_tracking_username']);
  const password = firstGiven(env['MLFLOW_TRACKING_PASSWORD'], fromFile['mlflow_tracking_password']);
  if (username !== '' && password !== '') return basic(username, password);
  const token = firstGiven(env['MLFLOW_TRACKING_TOKEN']);
  return token === '' ? undefined : bearer(token);
}

/** What must never be shown of an address. */
export function secretsOfAddress({ username, password }: URL): readonly string[] {
  return username === '' ? [password] : basic(decoded(username), decoded(password)).secrets;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare "%"
  }
}

function firstGiven(...texts: readonly (string | undefined)[]): string {
  return texts.find((text) => text !== undefined && text !== '') ?? '';
}

function basic(username: string, password: string): Authorization {
  const encoded = Buffer.from(`${username}:${password}`).toString('base64');
  return { header: `Basic ${encoded}`, secrets: [password, encoded] };
}

function bearer(token: string): Authorization {
  // eslint-disable-next-line no-control-regex -- what no header may contain
  if (!/[\x00-\x1f\x7f]|[^\x00-\xff]/.test(token)) return { header: `Bearer ${token}`, secrets: [token] };
  throw new MlflowError(
    'Cannot use MLFLOW_TRACKING_TOKEN: it contains a line break or another character that no token has; set it anew',
    { code: 'INVALID_PARAMETER_VALUE' },
  );
}

function readCredentialsFile(env: Environment): Readonly<Record<string, string>> {
  const home = firstGiven(env['HOME'], env['USERPROFILE']);
  if (home === '') return {};
  try {
    return parseIni(readFileSync(join(home, '.mlflow', 'credentials'), 'utf8'), 'mlflow');
  } catch {
    return {}; // no file, or not ours to read: the same as no credentials
  }
}
