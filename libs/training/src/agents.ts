// Agents that learn by acting, without TensorFlow.js: their networks are small, and run on `@i-drill/kernels`.
export { decodeAgentCheckpoint, encodeAgentCheckpoint } from './agents/agent-checkpoint-file.js';
export type { AgentTrainer, TrainerSnapshot, TrainerSnapshotValue } from './agents/agent-trainer.js';
export { agentPlan, createTrainer, type AgentPlan } from './agents/create-trainer.js';
export { evaluatePolicy, playEpisodes, type EpisodeResult } from './agents/evaluate-policy.js';
export { actionScaling, type ActionScaling } from './agents/policy/action-scaling.js';
export {
  agentTypes,
  describePolicy,
  type AgentType,
  type ObservationScaling,
  type Policy,
  type PolicyDescription,
} from './agents/policy/policy.js';
export { createPolicyRunner, type PolicyRunner } from './agents/policy/policy-runner.js';
export { advantages, type CreditOptions, type Trajectory } from './agents/ppo/advantages.js';
export { actorLayers } from './agents/ppo/actor-critic.js';
export {
  localCollector,
  type ActingPolicy,
  type CollectorOptions,
  type RolloutCollector,
  type RolloutRequest,
} from './agents/ppo/collector.js';
export { joinRollouts, type Rollout } from './agents/ppo/rollout.js';
export { createPpoTrainer } from './agents/ppo/ppo-trainer.js';
export { ppoDefaults, type PpoSettings } from './agents/ppo/ppo-settings.js';
export { agentRecipes, type AgentRecipes } from './agents/recipes.js';
export { sacDefaults, type SacSettings } from './agents/sac/sac-settings.js';
export type { Schedule } from './agents/schedule.js';
export {
  trainAgent,
  type AgentCheckpoint,
  type AgentProgress,
  type ScoredPolicy,
  type TrainAgentRequest,
  type TrainedAgent,
} from './agents/train-agent.js';
