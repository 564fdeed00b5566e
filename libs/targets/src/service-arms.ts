import { TargetError } from './errors.js';
import type { ArmRecord, ServiceRole, ServiceState } from './service-state.js';

/** The arm of a role, where there is one. */
export function armOf({ arms }: Pick<ServiceState, 'arms'>, role: ServiceRole): ArmRecord | undefined {
  return arms.find((arm) => arm.role === role);
}

/** The candidate is retired; its traffic goes back to stable. */
export function withoutCandidate(arms: readonly ArmRecord[]): readonly ArmRecord[] {
  return arms.map((arm) => {
    if (arm.role === 'candidate') return retired(arm);
    return { ...arm, share: arm.role === 'stable' ? 1 : 0 };
  });
}

/** The candidate gets its share, the rest stays with stable. */
export function withCandidateShare(arms: readonly ArmRecord[], share: number): readonly ArmRecord[] {
  if (armOf({ arms }, 'candidate') === undefined) {
    throw new TargetError(`Cannot give the candidate share ${share}: there is no candidate; start one first`, {
      code: 'TARGET_NO_CANDIDATE',
    });
  }
  if (share > 0 && share < 1 && armOf({ arms }, 'stable') === undefined) {
    const message = `Cannot give the candidate share ${share}: there is no stable server for the rest; give it share 1`;
    throw new TargetError(message, { code: 'TARGET_NO_STABLE' });
  }
  const shares: Readonly<Record<ServiceRole, number>> = {
    candidate: share,
    stable: 1 - share,
    previous: 0,
    retired: 0,
  };
  return arms.map((arm) => ({ ...arm, share: shares[arm.role] }));
}

/** The candidate is stable and has all traffic; what was stable is previous; what was previous is retired. */
export function promoted(arms: readonly ArmRecord[]): readonly ArmRecord[] {
  if (armOf({ arms }, 'candidate') === undefined) {
    throw new TargetError('Cannot promote: there is no candidate; start one first', { code: 'TARGET_NO_CANDIDATE' });
  }
  return arms.map((arm) => {
    if (arm.role === 'candidate') return { ...arm, role: 'stable', share: 1 };
    return arm.role === 'stable' ? { ...arm, role: 'previous', share: 0 } : retired(arm);
  });
}

/** Both proven arms, or an error that says that there is nothing to go back to. */
export function provenArms(arms: readonly ArmRecord[]): { stable: ArmRecord; previous: ArmRecord } {
  const [stable, previous] = [armOf({ arms }, 'stable'), armOf({ arms }, 'previous')];
  if (stable !== undefined && previous !== undefined) return { stable, previous };
  const message = 'Cannot roll back: no previous version is kept; deploy the version you want';
  throw new TargetError(message, { code: 'TARGET_NO_PREVIOUS', details: { arms: arms.map(({ id }) => id) } });
}

/** The previous arm is stable. The arm it replaces is not kept to go back to: it was found bad. */
export function previousRestored(arms: readonly ArmRecord[]): readonly ArmRecord[] {
  return arms.map((arm) => (arm.role === 'previous' ? { ...arm, role: 'stable', share: 1 } : retired(arm)));
}

function retired(arm: ArmRecord): ArmRecord {
  return { ...arm, role: 'retired', share: 0 };
}
