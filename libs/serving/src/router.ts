import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Logger } from '@i-drill/core';
import type { ArmStats } from '@i-drill/deployment';
import { endToEndHeaders } from './forward-headers.js';
import { closeServer } from './close-server.js';
import { listenError } from './listen.js';
import { attempt, readBody, type Attempt, type BufferedRequest } from './proxy-request.js';
import { requestIdOf } from './request-headers.js';
import { createRouterAdmin } from './router-admin.js';
import { parseArms, type RouterArm } from './router-arm.js';
import { RouterMetrics } from './router-metrics.js';
import { TrafficTable, type LiveArm } from './traffic-table.js';

/** What a router needs. */
export interface RouterOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** @default 16 MiB; a longer body is answered 413. */
  readonly maxBodyBytes?: number;
  /** Longest wait for an arm's answer, ms. @default 60 000 */
  readonly timeoutMs?: number;
  /** Longest wait for requests in flight when the router closes, ms. @default 10 000 */
  readonly drainMs?: number;
}

/** Where a router is to listen. The admin API is on 127.0.0.1 always: who reaches it decides over the traffic. */
export interface RouterAddress {
  /** 0 = any free port. */
  readonly port: number;
  /** 0 = any free port. */
  readonly adminPort: number;
  /** Of the public port. @default '127.0.0.1' */
  readonly host?: string;
}

/** The arms and what they did since the statistics were reset. */
export interface RouterState {
  readonly arms: readonly RouterArm[];
  /** By id of the arm. */
  readonly stats: Readonly<Record<string, ArmStats>>;
  /** Start of the counting, ms since the Unix epoch. */
  readonly statsSince: number;
}

/** A reverse proxy that splits traffic among model servers by share. */
export interface Router {
  listen(address: RouterAddress): Promise<{ readonly url: string; readonly adminUrl: string }>;
  /** Takes a new set of arms at once; requests in flight end on the arm they are at. */
  replaceArms(arms: readonly RouterArm[]): void;
  state(): RouterState;
  resetStats(): void;
  close(): Promise<void>;
}

const defaults = { maxBodyBytes: 16 * 2 ** 20, timeoutMs: 60_000, drainMs: 10_000 };

/**
 * Makes a router. A request whose arm cannot be reached is sent once more, to another arm: predictions change nothing, so
 * that twice is as good as once. The failure counts against the arm that failed. Answers, 5xx too, are never repeated.
 */
export function createRouter(options: RouterOptions): Router {
  return new ArmRouter({ ...defaults, ...options });
}

class ArmRouter implements Router {
  private readonly options: Required<RouterOptions>;
  private readonly table = new TrafficTable();
  private readonly metrics = new RouterMetrics();
  private readonly admin = createRouterAdmin(this, this.metrics.registry);
  private readonly server: Server;
  private statsSince: number;
  private closed: Promise<void> | undefined;

  constructor(options: Required<RouterOptions>) {
    this.options = options;
    this.statsSince = options.clock.now();
    this.server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
      void this.handle(request, response);
    });
  }

  async listen({ port, adminPort, host = '127.0.0.1' }: RouterAddress): Promise<{ url: string; adminUrl: string }> {
    await listenOn(this.server, host, port);
    try {
      const adminUrl = await this.admin.listen(adminPort);
      return { url: urlOf(this.server, host), adminUrl };
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  replaceArms(arms: readonly RouterArm[]): void {
    const checked = parseArms(arms);
    this.table.replace(checked);
    this.metrics.setShares(checked);
    this.options.logger.info('Traffic shares set', { arms: checked });
  }

  state(): RouterState {
    const { arms } = this.table;
    return {
      arms: arms.map(({ arm }) => arm),
      stats: Object.fromEntries(arms.map(({ arm, statistics }) => [arm.id, statistics.snapshot()])),
      statsSince: this.statsSince,
    };
  }

  resetStats(): void {
    for (const { statistics } of this.table.arms) statistics.reset();
    this.statsSince = this.options.clock.now();
  }

  close(): Promise<void> {
    this.closed ??= this.closeOnce();
    return this.closed;
  }

  private async closeOnce(): Promise<void> {
    await closeServer(this.server, this.options.drainMs);
    await Promise.all([this.admin.close(), this.table.close()]);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await readBody(request, this.options.maxBodyBytes);
      if (body === undefined) refuseBody(request, response, this.options.maxBodyBytes);
      else await this.route(bufferedRequest(request, body), response);
    } catch (cause) {
      // The caller's connection broke while its request was read: nobody is left to answer.
      response.destroy();
      if (!request.destroyed) this.options.logger.error('A request could not be routed', { cause: String(cause) });
    }
  }

  private async route(request: BufferedRequest, response: ServerResponse): Promise<void> {
    const first = this.table.choose();
    if (first === undefined) {
      this.refuse(response, request, 503, 'no model server is in service; try again later');
      return;
    }
    const { outcome } = await this.try(first, request, response);
    if (outcome === 'unreachable') await this.retry(first, request, response);
    if (outcome === 'timeout') this.refuse(response, request, 504, 'the model server did not answer in time');
    if (outcome === 'not-sent') {
      answerJson(response, 400, { error_code: 'BAD_REQUEST', message: 'the request cannot be passed on' });
    }
  }

  private async retry(failed: LiveArm, request: BufferedRequest, response: ServerResponse): Promise<void> {
    const second = this.table.fallbackFor(failed);
    if (second === undefined) {
      this.refuse(response, request, 503, 'the model server cannot be reached; try again later');
      return;
    }
    this.metrics.countRetry();
    const { outcome } = await this.try(second, request, response);
    if (outcome === 'unreachable' || outcome === 'timeout') {
      this.refuse(response, request, 503, 'no model server can be reached; try again later');
    }
  }

  private async try(live: LiveArm, request: BufferedRequest, response: ServerResponse): Promise<Attempt> {
    const startedAt = performance.now();
    const result = await attempt(live, request, response, this.options);
    if (result.outcome === 'not-sent') return result;
    live.statistics.add(result.outcome, performance.now() - startedAt);
    this.metrics.countAttempt(live.arm, result.outcome);
    if (result.outcome === 'unreachable') {
      const { id, role, version, url } = live.arm;
      this.options.logger.warn('An arm cannot be reached', { id, role, version, url, cause: String(result.cause) });
    }
    return result;
  }

  private refuse(response: ServerResponse, request: BufferedRequest, statusCode: number, message: string): void {
    this.metrics.countRefused();
    response.setHeader('retry-after', '1').setHeader('x-request-id', request.requestId);
    answerJson(response, statusCode, { error_code: 'TEMPORARILY_UNAVAILABLE', message });
  }
}

function refuseBody(request: IncomingMessage, response: ServerResponse, limit: number): void {
  response.shouldKeepAlive = false;
  // Bytes left unread would reset the connection before the caller has read the answer.
  request.resume();
  answerJson(response, 413, { error_code: 'BAD_REQUEST', message: `the body is longer than ${limit} bytes` });
}

function answerJson(response: ServerResponse, statusCode: number, body: Record<string, string>): void {
  response.writeHead(statusCode, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function bufferedRequest(request: IncomingMessage, body: Buffer): BufferedRequest {
  return {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: endToEndHeaders(request.headers),
    body: body.length === 0 ? null : body,
    requestId: requestIdOf(request.headers),
  };
}

async function listenOn(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(listenError(error, { host, port }));
    });
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server, host: string): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
}
