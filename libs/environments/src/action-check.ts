import type { ActionSpace, EnvironmentSpec } from '@i-drill/core';

/** Copies actions to where the model may read them: within their bounds, or refused. */
export type ActionCheck = (actions: Float32Array, into: Float32Array) => void;

/** Numbers of an action: one per component, or an index. */
export function actionWidth(space: ActionSpace): number {
  return space.kind === 'discrete' ? 1 : space.components.length;
}

/** The check of an environment's actions. Numbers outside the bounds are moved to them; what is no action is refused. */
export function actionCheck(spec: EnvironmentSpec, count: number): ActionCheck {
  const width = actionWidth(spec.action);
  const bring = spec.action.kind === 'discrete' ? chosen(spec.action.names) : bounded(spec.action.components);
  return (actions, into) => {
    if (actions.length !== count * width) {
      throw new RangeError(`Cannot step ${spec.id}: ${actions.length} numbers of actions; give ${count} × ${width}`);
    }
    for (let i = 0; i < actions.length; i++) {
      const value = bring(actions[i]!, i % width);
      if (Number.isNaN(value)) refuse(spec, actions[i]!, i);
      into[i] = value;
    }
  };
}

/** NaN where there is no such choice. */
function chosen(names: readonly string[]): (value: number) => number {
  return (value) => (Number.isInteger(value) && value >= 0 && value < names.length ? value : NaN);
}

function bounded(components: readonly { readonly low: number; readonly high: number }[]): typeof boundedAt {
  const [lows, highs] = [components.map(({ low }) => low), components.map(({ high }) => high)];
  return boundedAt;

  function boundedAt(value: number, component: number): number {
    return Math.min(highs[component]!, Math.max(lows[component]!, value));
  }
}

function refuse({ id, action }: EnvironmentSpec, value: number, i: number): never {
  const width = actionWidth(action);
  const place = Math.floor(i / width);
  if (action.kind === 'discrete') {
    const last = action.names.length - 1;
    throw new RangeError(`Cannot step ${id}: action ${value} in place ${place}; give a whole number from 0 to ${last}`);
  }
  const { name } = action.components[i % width]!;
  throw new RangeError(`Cannot step ${id}: action "${name}" in place ${place} is ${value}; give a number`);
}
