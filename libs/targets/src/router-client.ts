import type { ArmStats } from '@i-drill/deployment';
import { request } from 'undici';
import { TargetError } from './errors.js';
import type { ArmRecord, ArmRole } from './service-state.js';

const timeoutMs = 5_000;

/** An arm as the router's admin API speaks of it. */
interface RoutedArm {
  readonly id: string;
  readonly role: ArmRole;
  readonly version: string;
  readonly url: string;
  readonly share: number;
}

/** Answer of the router's `GET /state`. */
export interface RoutedState {
  readonly arms: readonly RoutedArm[];
  readonly stats: Readonly<Record<string, ArmStats>>;
}

/** What the router does now. */
export function readRouter(adminUrl: string): Promise<RoutedState> {
  return call(adminUrl, 'GET', '/state');
}

/** Replaces the arms in one step. Retired arms are none of the router's business. */
export async function putArms(adminUrl: string, arms: readonly ArmRecord[]): Promise<void> {
  const routed = arms
    .filter(({ role }) => role !== 'retired')
    .map(({ id, role, version, url, share }) => ({ id, role, version: version.version, url, share }));
  await call(adminUrl, 'PUT', '/arms', { arms: routed });
}

/** Starts a new measurement. */
export async function resetRouterStats(adminUrl: string): Promise<void> {
  await call(adminUrl, 'POST', '/stats/reset');
}

async function call(
  adminUrl: string,
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  body?: unknown,
): Promise<RoutedState> {
  try {
    const answer = await request(`${adminUrl}${path}`, {
      method,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`it answered ${answer.statusCode}: ${text}`);
    return JSON.parse(text) as RoutedState;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `Cannot speak to the router at ${adminUrl}: ${reason}; see what runs with the status command, and deploy again to restart it`;
    throw new TargetError(message, { code: 'TARGET_ROUTER_UNREACHABLE', details: { adminUrl, path }, cause });
  }
}
