import type { SpaceComponent, VectorEnvironment } from '@i-drill/core';

/**
 * The same environment with numbers an agent likes: actions and bounded observations run from −1 to 1 between their bounds.
 * Observations without bounds stay as they are, and so do choices.
 *
 * @example
 * ```ts
 * import { normalised, pendulum, vectorEnvironment } from '@i-drill/environments';
 * const environment = normalised(vectorEnvironment(pendulum, 1));
 * environment.reset([3]);
 * environment.step(Float32Array.of(1)); // the full torque of 2 N·m
 * environment.observations.every((value) => Math.abs(value) <= 1); // => true
 * ```
 */
export function normalised(environment: VectorEnvironment): VectorEnvironment {
  const { spec, count } = environment;
  const { action } = spec;
  const scaleObservations = toUnit(spec.observation);
  const unscale = action.kind === 'discrete' ? undefined : fromUnit(action.components);
  const observations = new Float32Array(environment.observations.length);
  const finalObservations = new Float32Array(environment.finalObservations.length);
  const physical = new Float32Array(action.kind === 'discrete' ? 0 : count * action.components.length);
  const show = (): void => {
    scaleObservations(environment.observations, observations);
    scaleObservations(environment.finalObservations, finalObservations);
  };
  return {
    ...environment,
    spec: {
      ...spec,
      observation: spec.observation.map(unitComponent),
      action:
        action.kind === 'discrete' ? action : { kind: 'continuous', components: action.components.map(unitComponent) },
    },
    observations,
    finalObservations,
    reset(seeds) {
      environment.reset(seeds);
      show();
    },
    step(actions) {
      if (unscale === undefined || actions.length !== physical.length) environment.step(actions);
      else {
        unscale(actions, physical);
        environment.step(physical);
      }
      show();
    },
    restore(snapshot) {
      environment.restore(snapshot);
      show();
    },
  };
}

type Scaling = (from: Float32Array, into: Float32Array) => void;

function isBounded({ low, high }: SpaceComponent): boolean {
  return Number.isFinite(low) && Number.isFinite(high);
}

function unitComponent(component: SpaceComponent): SpaceComponent {
  return isBounded(component) ? { name: component.name, unit: '1', low: -1, high: 1 } : component;
}

/** Middle and half width of each component; 0 and 1 where there are no bounds. */
function centres(components: readonly SpaceComponent[]): { readonly middle: number; readonly half: number }[] {
  return components.map((component) =>
    isBounded(component)
      ? { middle: (component.low + component.high) / 2, half: (component.high - component.low) / 2 }
      : { middle: 0, half: 1 },
  );
}

function toUnit(components: readonly SpaceComponent[]): Scaling {
  const scales = centres(components);
  return (from, into) => {
    for (let i = 0; i < from.length; i++) {
      const { middle, half } = scales[i % scales.length]!;
      into[i] = (from[i]! - middle) / half;
    }
  };
}

function fromUnit(components: readonly SpaceComponent[]): Scaling {
  const scales = centres(components);
  return (from, into) => {
    for (let i = 0; i < from.length; i++) {
      const { middle, half } = scales[i % scales.length]!;
      into[i] = middle + half * from[i]!;
    }
  };
}
