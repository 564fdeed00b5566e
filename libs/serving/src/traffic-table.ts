import { Pool } from 'undici';
import { ArmStatistics } from './arm-statistics.js';
import type { RouterArm } from './router-arm.js';
import { smoothWeights } from './smooth-weights.js';

/** Connections per arm: one prediction takes milliseconds, so that few are open at a time. */
const connectionsPerArm = 64;

/** An arm with its open connections and its counts. */
export interface LiveArm {
  readonly arm: RouterArm;
  readonly pool: Pool;
  readonly statistics: ArmStatistics;
}

/** The arms of this moment. Replacing them is one assignment: a request sees the old set or the new, never a mixture. */
export class TrafficTable {
  private live: readonly LiveArm[] = [];
  private next: () => LiveArm | undefined = () => undefined;

  get arms(): readonly LiveArm[] {
    return this.live;
  }

  /** Arms with the same id and url keep connections and counts. Connections of others close when their last answer ends. */
  replace(arms: readonly RouterArm[]): void {
    const before = this.live;
    this.live = arms.map((arm) => ({ ...(before.find((old) => isSameServer(old.arm, arm)) ?? openArm(arm)), arm }));
    this.next = smoothWeights(this.live.map((item) => ({ item, share: item.arm.share })));
    const kept = new Set(this.live.map(({ pool }) => pool));
    for (const { pool } of before) if (!kept.has(pool)) void pool.close();
  }

  choose(): LiveArm | undefined {
    return this.next();
  }

  /**
   * Who answers when `failed` cannot be reached: the arm with the largest share among the others. A proven arm (stable,
   * previous) helps out at share 0 too; a candidate without a share gets no traffic at all.
   */
  fallbackFor(failed: LiveArm): LiveArm | undefined {
    return this.live
      .filter(({ arm }) => arm.id !== failed.arm.id && (arm.share > 0 || arm.role !== 'candidate'))
      .sort((a, b) => b.arm.share - a.arm.share)[0];
  }

  async close(): Promise<void> {
    await Promise.all(this.live.map(({ pool }) => pool.close()));
  }
}

function isSameServer(a: RouterArm, b: RouterArm): boolean {
  return a.id === b.id && a.url === b.url;
}

function openArm(arm: RouterArm): Omit<LiveArm, 'arm'> {
  return { pool: new Pool(arm.url, { connections: connectionsPerArm }), statistics: new ArmStatistics() };
}
