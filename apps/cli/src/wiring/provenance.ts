import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';

/** Who runs the command, as MLflow records it. */
export function currentUser(): string {
  return process.env['I_DRILL_USER'] ?? process.env['USER'] ?? userInfo().username;
}

/** The commit the working directory is at, with `-dirty` for uncommitted changes; `unknown` outside a git checkout. */
export function gitCommit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=40'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
