import type { MlopsConfig } from '@i-drill/config';
import type { BackendName } from '@i-drill/training';

/** The backends that `training.backend` allows; `undefined` leaves the choice to the library. */
export function backendOrder(choice: MlopsConfig['training']['backend']): readonly BackendName[] | undefined {
  return choice === 'auto' ? undefined : [choice];
}
