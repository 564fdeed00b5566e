import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The Authorization header, found where Python's client finds it: user and password in the address, then
 * MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, then `~/.mlflow/credentials`, then MLFLOW_TRACKING_TOKEN.
 */
export function authorizationOf(url: URL, env: Environment): string | undefined {
  const fromFile = readCredentialsFile(env);
  const username = env['MLFLOW_TRACKING_USERNAME'] ?? fromFile['mlflow_tracking_username'];
  const password = env['MLFLOW_TRACKING_PASSWORD'] ?? fromFile['mlflow_tracking_password'];
  if (url.username !== '') return basic(decodeURIComponent(url.username), decodeURIComponent(url.password));
  if (isGiven(username) && isGiven(password)) return basic(username, password);
  const token = env['MLFLOW_TRACKING_TOKEN'];
  return isGiven(token) ? `Bearer ${token}` : undefined;
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function readCredentialsFile(env: Environment): Record<string, string> {
  const home = env['HOME'] ?? env['USERPROFILE'];
  if (!isGiven(home)) return {};
  try {
    return parseSection(readFileSync(join(home, '.mlflow', 'credentials'), 'utf8'), 'mlflow');
  } catch {
    return {}; // no file, or not ours to read: the same as no credentials
  }
}

function parseSection(text: string, section: string): Record<string, string> {
  const entries: Record<string, string> = {};
  let current = '';
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line.startsWith('[') && line.endsWith(']')) current = line.slice(1, -1).trim();
    const separator = line.search(/[=:]/);
    if (current !== section || separator < 1 || /^[#;]/.test(line)) continue;
    entries[line.slice(0, separator).trim().toLowerCase()] = line.slice(separator + 1).trim();
  }
  return entries;
}
