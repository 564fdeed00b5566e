import type { LifecycleStage, ViewType } from '../api/experiments.js';

/** Whether something in this stage is wanted. */
export function isInView(stage: LifecycleStage, view: ViewType = 'ACTIVE_ONLY'): boolean {
  return view === 'ALL' || (view === 'ACTIVE_ONLY') === (stage === 'active');
}
