import { ServingError } from './errors.js';
import { isArmRole, type ArmRole } from './request-headers.js';

/** One model server behind the router. */
export interface RouterArm {
  readonly id: string;
  readonly role: ArmRole;
  readonly version: string;
  /** Origin of the server, for example `http://127.0.0.1:8081`. */
  readonly url: string;
  /** Share of the traffic in [0, 1], counted in ten-thousandths. */
  readonly share: number;
}

/**
 * Checks a set of arms from outside: known fields, ids and roles that occur once, shares that add up to 1 (or are all 0,
 * where nobody is to be served).
 */
export function parseArms(value: unknown): readonly RouterArm[] {
  if (!Array.isArray(value)) throw invalidArms('the arms must be a list', value);
  const arms = (value as readonly unknown[]).map(parseArm);
  refuseTwice(arms, 'id');
  refuseTwice(arms, 'role');
  const sum = arms.reduce((total, { share }) => total + share, 0);
  if (sum !== 0 && Math.abs(sum - 1) > 1e-9) throw invalidArms(`the shares add up to ${sum}, expected 1 or 0`, arms);
  return arms;
}

function parseArm(value: unknown): RouterArm {
  if (typeof value !== 'object' || value === null) throw invalidArms('an arm must be an object', value);
  const { id, role, version, url, share } = value as Partial<Record<keyof RouterArm, unknown>>;
  if (typeof id !== 'string' || id === '') throw invalidArms('an arm needs an id', value);
  if (!isArmRole(role)) throw invalidArms(`arm "${id}" needs a role: stable, candidate or previous`, value);
  if (typeof version !== 'string') throw invalidArms(`arm "${id}" needs a version as text`, value);
  if (typeof url !== 'string' || !isOrigin(url)) throw invalidArms(`arm "${id}" needs an http(s) origin as url`, value);
  if (!isShare(share)) throw invalidArms(`arm "${id}" needs a share in [0, 1]`, value);
  return { id, role, version, url, share };
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

function isOrigin(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, pathname, search } = new URL(url);
  return ['http:', 'https:'].includes(protocol) && pathname === '/' && search === '';
}

function refuseTwice(arms: readonly RouterArm[], key: 'id' | 'role'): void {
  const values = arms.map((arm) => arm[key]);
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) throw invalidArms(`the ${key} "${twice}" is given twice`, arms);
}

function invalidArms(problem: string, arms: unknown): ServingError {
  return new ServingError(`Cannot route: ${problem}; the arms stay as they were`, {
    code: 'SERVING_INVALID_ARMS',
    details: { arms },
  });
}
