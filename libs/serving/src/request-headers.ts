import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Where an arm stands in the service: taking traffic, being tried, or kept warm to go back to. */
export type ArmRole = 'stable' | 'candidate' | 'previous';

const armRoles: readonly ArmRole[] = ['stable', 'candidate', 'previous'];
const identifier = /^[\w.:@/-]{1,128}$/;

/** The caller's `x-request-id` where it is a plain identifier of at most 128 characters, otherwise a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  return identifierOf(headers, 'x-request-id') ?? randomUUID();
}

/** The rig that asks, from `x-rig-id`. */
export function rigOf(headers: IncomingHttpHeaders): string | undefined {
  return identifierOf(headers, 'x-rig-id');
}

/** The role the router gave to this server for this request, from `x-i-drill-arm`. */
export function armRoleOf(headers: IncomingHttpHeaders): ArmRole | undefined {
  return armRoles.find((role) => role === headers['x-i-drill-arm']);
}

/** Whether a value names a role. */
export function isArmRole(value: unknown): value is ArmRole {
  return armRoles.some((role) => role === value);
}

function identifierOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && identifier.test(value) ? value : undefined;
}
