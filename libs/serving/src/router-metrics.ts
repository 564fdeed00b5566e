import { Counter, Gauge, Registry } from 'prom-client';
import type { ArmOutcome } from './arm-statistics.js';
import type { RouterArm } from './router-arm.js';

const labelNames = ['arm', 'role', 'version'] as const;

/** What the router tells Prometheus, in a registry of its own. */
export class RouterMetrics {
  readonly registry: Registry = new Registry();

  private readonly requests = new Counter({
    name: 'router_requests_total',
    help: 'Requests sent to an arm, by how they ended there',
    labelNames: [...labelNames, 'outcome'],
    registers: [this.registry],
  });

  private readonly retries = new Counter({
    name: 'router_retries_total',
    help: 'Requests sent to a second arm because the first could not be reached',
    registers: [this.registry],
  });

  private readonly refused = new Counter({
    name: 'router_refused_total',
    help: 'Requests that no arm could answer',
    registers: [this.registry],
  });

  private readonly shares = new Gauge({
    name: 'router_arm_share',
    help: 'Share of the traffic an arm is given, in [0, 1]',
    labelNames,
    registers: [this.registry],
  });

  countAttempt(arm: RouterArm, outcome: ArmOutcome): void {
    this.requests.inc({ ...labelsOf(arm), outcome });
  }

  countRetry(): void {
    this.retries.inc();
  }

  countRefused(): void {
    this.refused.inc();
  }

  setShares(arms: readonly RouterArm[]): void {
    this.shares.reset();
    for (const arm of arms) this.shares.set(labelsOf(arm), arm.share);
  }
}

function labelsOf({ id, role, version }: RouterArm): Record<(typeof labelNames)[number], string> {
  return { arm: id, role, version };
}
