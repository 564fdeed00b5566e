import { TargetError } from './errors.js';
import { putArms } from './router-client.js';
import { withoutCandidate } from './service-arms.js';
import type { ServiceControl } from './service-control.js';
import type { ArmRecord, RouterRecord, ServiceState } from './service-state.js';

/** Router first, then the file: where the file cannot be written the router gets its old arms back. */
export async function applyArms(
  service: ServiceControl,
  state: ServiceState,
  arms: readonly ArmRecord[],
): Promise<ServiceState> {
  const { adminUrl } = routerOf(state);
  const changed = { ...state, arms };
  await putArms(adminUrl, arms);
  try {
    await service.write(changed);
  } catch (error) {
    await putArms(adminUrl, state.arms);
    throw error;
  }
  return changed;
}

/** Takes out a candidate and what waits to be stopped: traffic first, then the process. */
export async function clearLeftovers(service: ServiceControl, state: ServiceState): Promise<ServiceState> {
  if (state.arms.every(({ role }) => role === 'stable' || role === 'previous')) return state;
  const cleared = { ...state, arms: withoutCandidate(state.arms) };
  // A router that does not answer sends nobody to the candidate: it can be stopped all the same.
  if (state.router !== undefined && (await service.askRouter(state.router)) !== undefined) {
    await putArms(state.router.adminUrl, cleared.arms);
  }
  await service.write(cleared);
  return stopRetired(service);
}

/** Stops the processes of retired arms and forgets them. */
export async function stopRetired(service: ServiceControl): Promise<ServiceState> {
  const state = await service.read();
  const isRetired = ({ role }: ArmRecord): boolean => role === 'retired';
  if (!state.arms.some(isRetired)) return state;
  await Promise.all(state.arms.filter(isRetired).map((arm) => service.stopArm(arm)));
  const stopped = { ...state, arms: state.arms.filter((arm) => !isRetired(arm)) };
  await service.write(stopped);
  return stopped;
}

/** Starts again which of `wanted` are dead, and the router; then the router knows where they are. */
export async function reviveArms(
  service: ServiceControl,
  state: ServiceState,
  wanted: readonly ArmRecord[],
): Promise<ServiceState> {
  const arms = await Promise.all(state.arms.map(async (arm) => (wanted.includes(arm) ? service.reviveArm(arm) : arm)));
  await service.write({ ...state, arms });
  const router = await service.ensureRouter({ ...state, arms });
  return applyArms(service, { ...state, router }, arms);
}

/** The router of a service, or an error that says that there is none. */
export function routerOf({ router, environment }: ServiceState): RouterRecord {
  if (router !== undefined) return router;
  const message = `Cannot speak to the router of "${environment}": none was started; deploy a version first`;
  throw new TargetError(message, { code: 'TARGET_ROUTER_UNREACHABLE', details: { environment } });
}
