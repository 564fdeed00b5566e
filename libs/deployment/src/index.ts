export { advance } from './advance.js';
export { analyseArms, type ArmComparison, type ArmJudgement } from './analyse-arms.js';
export { canaryPlan, type CanaryPlanOptions } from './canary-plan.js';
export type { RolloutCommand, RolloutEvent, RolloutJournalEntry } from './events.js';
export { openRolloutState, replay, type OpenedRollout } from './replay.js';
export type { RolloutOutcome } from './rollout-outcome.js';
export type {
  ArmHandle,
  ArmStats,
  ArmStatsByArm,
  ProbeResult,
  RolloutTarget,
  SmokeTestResult,
} from './rollout-target.js';
export { runRollout, type RolloutJournal, type RolloutOptions } from './run-rollout.js';
export type { ArmLimits, CanarySettings, CanaryStep, HealthSettings } from './settings.js';
export { smokeTestRig, type SmokeTest } from './smoke-test.js';
export { smokeTestPlan } from './smoke-test-plan.js';
export {
  candidateShare,
  initialRollout,
  type ProgressingState,
  type RolloutState,
  type StepStage,
  type Transition,
} from './state.js';
