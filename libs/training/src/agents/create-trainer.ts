import type { VectorEnvironment } from '@i-drill/core';
import type { AgentTrainer } from './agent-trainer.js';
import { actorLayers } from './ppo/actor-critic.js';
import { localCollector } from './ppo/collector.js';
import { ppoDefaults, type PpoSettings } from './ppo/ppo-settings.js';
import { createPpoTrainer } from './ppo/ppo-trainer.js';
import { sacDefaults, type SacSettings } from './sac/sac-settings.js';
import { createSacTrainer } from './sac/sac-trainer.js';

/** What an agent is trained by, with its settings. */
export type AgentPlan =
  { readonly type: 'ppo'; readonly settings: PpoSettings } | { readonly type: 'sac'; readonly settings: SacSettings };

/** Complete settings from some. */
export function agentPlan(type: AgentPlan['type'], settings: Partial<PpoSettings> | Partial<SacSettings>): AgentPlan {
  return type === 'ppo'
    ? { type, settings: { ...ppoDefaults, ...(settings as Partial<PpoSettings>) } }
    : { type, settings: { ...sacDefaults, ...(settings as Partial<SacSettings>) } };
}

/**
 * A trainer that acts in this thread.
 *
 * @param environment of as many places as the settings ask for
 * @throws RangeError for settings that contradict one another, or the environment
 */
export function createTrainer({ type, settings }: AgentPlan, environment: VectorEnvironment): AgentTrainer {
  if (type === 'sac') return createSacTrainer(environment, settings);
  const { seed, hidden } = settings;
  const { spec } = environment;
  const layers = actorLayers(spec.observation.length, spec.action, hidden);
  return createPpoTrainer(localCollector({ environment, layers, seed }), settings);
}
