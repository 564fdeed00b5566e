import { cartPole, vectorEnvironment } from '@i-drill/environments';
import { createPpoTrainer } from '/work/main/libs/training/src/agents/ppo/ppo-trainer.js';
import { localCollector } from '/work/main/libs/training/src/agents/ppo/collector.js';
import { actorLayers } from '/work/main/libs/training/src/agents/ppo/actor-critic.js';
import { ppoDefaults } from '/work/main/libs/training/src/agents/ppo/ppo-settings.js';
import { evaluatePolicy } from '/work/main/libs/training/src/agents/evaluate-policy.js';
for (let seed = 1; seed <= 5; seed++) {
const settings = { ...ppoDefaults, environments: 8, rolloutSteps: 32, batchSize: 256, epochs: 20, gamma: 0.98, lambda: 0.8, learningRate: { from: 1e-3, to: 0 }, clipRange: { from: 0.2, to: 0 }, normaliseObservations: false, normaliseRewards: false, seed };
const env = vectorEnvironment(cartPole, settings.environments);
const layers = actorLayers(4, cartPole.spec.action, settings.hidden);
const trainer = createPpoTrainer(localCollector({ environment: env, layers, seed }), settings);
const t0 = performance.now();
while (trainer.timesteps < settings.timesteps) await trainer.iterate();
const s = (performance.now() - t0) / 1000;
const r = evaluatePolicy(trainer.policy(), vectorEnvironment(cartPole, 20), Array.from({length: 100}, (_, i) => 1e6 + i));
console.log(seed, s.toFixed(2), 's', (settings.timesteps / s).toFixed(0), 'steps/s', r.reduce((a, b) => a + b.return, 0) / r.length);
}
