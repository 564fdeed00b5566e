import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CapturingLogger, FakeClock } from '@i-drill/testkit';
import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArmRole } from './request-headers.js';
import type { RouterArm } from './router-arm.js';
import { createRouter, type Router, type RouterOptions, type RouterState } from './router.js';
import { deferred } from './testing/deferred.js';
import { endServer, startUpstream } from './testing/servers.js';

let upstreams: Server[];
let routers: Router[];
let agent: Agent;

beforeEach(() => {
  upstreams = [];
  routers = [];
  agent = new Agent();
});

afterEach(async () => {
  await agent.destroy();
  await Promise.all(upstreams.filter(({ listening }) => listening).map(endServer));
  await Promise.all(routers.map((router) => router.close()));
});

interface Urls {
  readonly url: string;
  readonly adminUrl: string;
}

async function startRouter(options: Partial<RouterOptions> = {}): Promise<{ router: Router } & Urls> {
  const router = createRouter({ clock: new FakeClock(500), logger: new CapturingLogger(), ...options });
  routers.push(router);
  return { router, ...(await router.listen({ port: 0, adminPort: 0 })) };
}

async function upstream(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const started = await startUpstream(listener);
  upstreams.push(started.server);
  return started;
}

/** Answers every request with its own name. */
function named(name: string): RequestListener {
  return (message, response) => {
    message.resume();
    message.once('end', () => response.end(name));
  };
}

function arm(role: ArmRole, url: string, share: number): RouterArm {
  return { id: `${role}-1`, role, version: role === 'candidate' ? '2' : '1', url, share };
}

async function ask(url: string): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  const answer = await request(`${url}/invocations`, { method: 'POST', body: '{}', dispatcher: agent });
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
}

/** A port nobody listens on. */
async function deadUrl(): Promise<string> {
  const { url, server } = await startUpstream(named('dead'));
  await endServer(server);
  return url;
}

async function admin(
  adminUrl: string,
  method: 'GET' | 'PUT' | 'POST',
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const answer = await request(`${adminUrl}${path}`, {
    method,
    dispatcher: agent,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: answer.statusCode, body: await answer.body.json() };
}

describe('traffic of the router', () => {
  it('is split exactly by share, and every answer tells its arm', async () => {
    const { router, url } = await startRouter();
    const [stable, candidate] = await Promise.all([upstream(named('old')), upstream(named('new'))]);
    router.replaceArms([arm('stable', stable.url, 0.9), arm('candidate', candidate.url, 0.1)]);
    const answers: Awaited<ReturnType<typeof ask>>[] = [];
    for (let i = 0; i < 200; i++) answers.push(await ask(url));
    expect(answers.filter(({ body }) => body === 'new')).toHaveLength(20);
    for (const { body, headers } of answers) {
      expect(headers['x-i-drill-arm']).toBe(body === 'new' ? 'candidate' : 'stable');
      expect(headers['x-i-drill-version']).toBe(body === 'new' ? '2' : '1');
    }
    expect(router.state().stats).toMatchObject({
      'stable-1': { requests: 180, errors: 0 },
      'candidate-1': { requests: 20, errors: 0 },
    });
  });

  it('carries method, path, query, body and headers through, and drops those of the connection', async () => {
    const { router, url } = await startRouter();
    const { url: echo } = await upstream((message, response) => {
      void text(message).then((body) => {
        response.setHeader('x-kept', 'yes').setHeader('set-cookie', ['a=1', 'b=2']).statusCode = 201;
        response.end(JSON.stringify({ method: message.method, url: message.url, headers: message.headers, body }));
      });
    });
    router.replaceArms([arm('stable', echo, 1)]);
    const answer = await request(`${url}/a%20b?q=1`, {
      method: 'PUT',
      body: 'grüße',
      dispatcher: agent,
      headers: { 'x-rig-id': 'rig-7', 'x-request-id': 'r1', te: 'trailers', 'content-type': 'text/plain' },
    });
    const seen = (await answer.body.json()) as {
      method: string;
      url: string;
      body: string;
      headers: Record<string, string>;
    };
    expect(seen).toMatchObject({ method: 'PUT', url: '/a%20b?q=1', body: 'grüße' });
    expect(seen.headers).toMatchObject({ 'x-rig-id': 'rig-7', 'x-request-id': 'r1', 'x-i-drill-arm': 'stable' });
    expect(seen.headers).not.toHaveProperty('te');
    expect([answer.statusCode, answer.headers['x-kept'], answer.headers['set-cookie']]).toEqual([
      201,
      'yes',
      ['a=1', 'b=2'],
    ]);
    expect(answer.headers['x-request-id']).toBe('r1');
  });

  it('gives a request without a name one that both sides see', async () => {
    const { router, url } = await startRouter();
    const { url: echo } = await upstream((message, response) => response.end(message.headers['x-request-id']));
    router.replaceArms([arm('stable', echo, 1)]);
    const { body, headers } = await ask(url);
    expect(body).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['x-request-id']).toBe(body);
  });

  it('answers 503 with Retry-After while there is no arm', async () => {
    const { url } = await startRouter();
    const { status, headers, body } = await ask(url);
    expect([status, headers['retry-after']]).toEqual([503, '1']);
    expect(JSON.parse(body)).toMatchObject({ error_code: 'TEMPORARILY_UNAVAILABLE' });
  });

  it('answers 413 to a body over the limit', async () => {
    const { router, url } = await startRouter({ maxBodyBytes: 10 });
    router.replaceArms([arm('stable', (await upstream(named('x'))).url, 1)]);
    const answer = await request(`${url}/`, { method: 'POST', body: 'x'.repeat(11), dispatcher: agent });
    expect(answer.statusCode).toBe(413);
    expect((await ask(url)).status).toBe(200);
  });
});

describe('an arm that fails', () => {
  it('loses no request: who cannot reach it is served by the other, and the failure counts against it', async () => {
    const logger = new CapturingLogger();
    const { router, url } = await startRouter({ logger });
    const { url: alive } = await upstream(named('alive'));
    router.replaceArms([arm('stable', alive, 0.5), arm('candidate', await deadUrl(), 0.5)]);
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(url)));
    expect(answers.every(({ status, body }) => status === 200 && body === 'alive')).toBe(true);
    expect(router.state().stats).toMatchObject({
      'stable-1': { requests: 40, errors: 0 },
      'candidate-1': { requests: 20, errors: 20, latencyP95Ms: 0 },
    });
    expect(logger.lines.filter(({ message }) => message === 'An arm cannot be reached')).toHaveLength(20);
  });

  it('is helped out by stable at share 0, never by a candidate at share 0', async () => {
    const { router, url } = await startRouter();
    const [{ url: alive }, dead] = await Promise.all([upstream(named('alive')), deadUrl()]);
    router.replaceArms([arm('stable', alive, 0), arm('candidate', dead, 1)]);
    expect((await ask(url)).body).toBe('alive');
    router.replaceArms([arm('stable', dead, 1), arm('candidate', alive, 0)]);
    expect((await ask(url)).status).toBe(503);
  });

  it('counts as failed when it resets the connection before it answers', async () => {
    const { router, url } = await startRouter();
    const resetting = await upstream((message) => message.socket.destroy());
    const { url: alive } = await upstream(named('alive'));
    router.replaceArms([arm('stable', alive, 0), arm('candidate', resetting.url, 1)]);
    expect((await ask(url)).body).toBe('alive');
    expect(router.state().stats['candidate-1']).toMatchObject({ requests: 1, errors: 1 });
  });

  it('passes its 5xx on, counted; its 4xx are the fault of the caller', async () => {
    const { router, url } = await startRouter();
    const { url: failing } = await upstream((message, response) => {
      response.writeHead(message.url === '/invocations' ? 500 : 404).end();
    });
    router.replaceArms([arm('stable', (await upstream(named('x'))).url, 0), arm('candidate', failing, 1)]);
    expect((await ask(url)).status).toBe(500);
    expect((await request(`${url}/other`, { dispatcher: agent })).statusCode).toBe(404);
    expect(router.state().stats).toMatchObject({
      'candidate-1': { requests: 2, errors: 1 },
      'stable-1': { requests: 0 },
    });
  });

  it('breaks the answer of the caller, and is counted, when it dies half-way through an answer', async () => {
    const { router, url } = await startRouter();
    const { url: dying } = await upstream((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.socket?.destroy());
    });
    router.replaceArms([arm('stable', dying, 1)]);
    await expect(ask(url)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    await expect.poll(() => router.state().stats['stable-1']).toMatchObject({ requests: 1, errors: 1 });
  });

  it('is given up after the time allowed, without a second try', async () => {
    const { router, url } = await startRouter({ timeoutMs: 30 });
    const { url: hanging } = await upstream(() => undefined);
    const { url: alive } = await upstream(named('alive'));
    router.replaceArms([arm('stable', alive, 0), arm('candidate', hanging, 1)]);
    expect((await ask(url)).status).toBe(504);
    expect(router.state().stats['candidate-1']).toMatchObject({ requests: 1, errors: 1 });
  });

  it('answers 503 when no arm can be reached', async () => {
    const { router, url } = await startRouter();
    const [first, second] = await Promise.all([deadUrl(), deadUrl()]);
    router.replaceArms([arm('stable', first, 0.5), arm('candidate', second, 0.5)]);
    expect((await ask(url)).status).toBe(503);
  });
});

describe('callers who ask for what cannot be passed on', () => {
  it('get 400, and no arm is blamed', async () => {
    const { router, url } = await startRouter();
    router.replaceArms([arm('stable', (await upstream(named('x'))).url, 1)]);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write('OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
    expect(router.state().stats['stable-1']).toMatchObject({ requests: 0, errors: 0 });
  });
});

describe('callers who leave', () => {
  it('do not count as errors of the arm, but as requests that took as long as they waited', async () => {
    const { router, url } = await startRouter();
    const arrived = deferred();
    const { url: slow } = await upstream(() => {
      arrived.resolve();
    });
    router.replaceArms([arm('stable', slow, 1)]);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await arrived.promise;
    socket.destroy();
    await expect.poll(() => router.state().stats['stable-1']).toMatchObject({ requests: 1, errors: 0 });
    expect(router.state().stats['stable-1']?.latencyP50Ms).toBeGreaterThan(0);
  });
});

describe('replacing the arms', () => {
  it('lets a request in flight end on the arm it is at', async () => {
    const { router, url } = await startRouter();
    const arrived = deferred();
    const finish = deferred();
    const old = await upstream((_, response) => {
      arrived.resolve();
      void finish.promise.then(() => response.end('old'));
    });
    const fresh = await upstream(named('new'));
    router.replaceArms([arm('stable', old.url, 1)]);
    const inFlight = ask(url);
    await arrived.promise;
    router.replaceArms([{ ...arm('stable', fresh.url, 1), id: 'stable-2' }]);
    expect((await ask(url)).body).toBe('new');
    finish.resolve();
    expect((await inFlight).body).toBe('old');
  });

  it('keeps the counts of an arm that stays, drops those of one that goes, and starts anew on demand', async () => {
    const clock = new FakeClock(500);
    const { router, url } = await startRouter({ clock });
    const { url: alive } = await upstream(named('x'));
    router.replaceArms([arm('stable', alive, 1)]);
    await ask(url);
    router.replaceArms([arm('stable', alive, 0.5), arm('candidate', alive, 0.5)]);
    expect(router.state()).toMatchObject({
      statsSince: 500,
      stats: { 'stable-1': { requests: 1 }, 'candidate-1': { requests: 0 } },
    });
    router.replaceArms([{ ...arm('stable', alive, 1), id: 'other' }]);
    expect(Object.keys(router.state().stats)).toEqual(['other']);
    await ask(url);
    clock.advance(100);
    router.resetStats();
    expect(router.state()).toMatchObject({ statsSince: 600, stats: { other: { requests: 0 } } });
  });

  it('leaves everything as it was when the new set is not valid', async () => {
    const { router } = await startRouter();
    const { url: alive } = await upstream(named('x'));
    router.replaceArms([arm('stable', alive, 1)]);
    expect(() => {
      router.replaceArms([arm('stable', alive, 0.3)]);
    }).toThrow('the shares add up to 0.3');
    expect(router.state().arms).toEqual([arm('stable', alive, 1)]);
  });
});

describe('admin API of the router', () => {
  it('sets arms, tells the state and starts a new measurement', async () => {
    const { url, adminUrl } = await startRouter();
    const { url: alive } = await upstream(named('x'));
    const arms = [arm('stable', alive, 1)];
    expect(await admin(adminUrl, 'PUT', '/arms', { arms })).toMatchObject({ status: 200, body: { arms } });
    await ask(url);
    const { body } = (await admin(adminUrl, 'GET', '/state')) as { body: RouterState };
    expect(body).toMatchObject({ arms, stats: { 'stable-1': { requests: 1, errors: 0 } } });
    expect(body.stats['stable-1']?.latencyP95Ms).toBeGreaterThan(0);
    expect(await admin(adminUrl, 'POST', '/stats/reset')).toMatchObject({
      body: { stats: { 'stable-1': { requests: 0 } } },
    });
    expect((await admin(adminUrl, 'GET', '/health')).status).toBe(200);
  });

  it.each([[{}], [{ arms: [{ id: 'x' }] }], [null]])('answers 400 to the arms %j', async (body) => {
    const { adminUrl } = await startRouter();
    expect(await admin(adminUrl, 'PUT', '/arms', body)).toMatchObject({
      status: 400,
      body: { error_code: 'SERVING_INVALID_ARMS' },
    });
  });

  it('is not there on the public port, and not for a page that another name led here', async () => {
    const { url, adminUrl } = await startRouter();
    expect((await request(`${url}/state`, { dispatcher: agent })).statusCode).toBe(503);
    const answer = await request(`${adminUrl}/state`, { dispatcher: agent, headers: { host: 'evil.example' } });
    expect(answer.statusCode).toBe(403);
  });

  it('gives Prometheus what became of the requests', async () => {
    const { router, url, adminUrl } = await startRouter();
    const { url: alive } = await upstream(named('x'));
    router.replaceArms([arm('stable', alive, 0), arm('candidate', await deadUrl(), 1)]);
    await ask(url);
    const metrics = await (await request(`${adminUrl}/metrics`, { dispatcher: agent })).body.text();
    expect(metrics).toContain(
      'router_requests_total{arm="candidate-1",role="candidate",version="2",outcome="unreachable"} 1',
    );
    expect(metrics).toContain('router_requests_total{arm="stable-1",role="stable",version="1",outcome="answered"} 1');
    expect(metrics).toContain('router_retries_total 1');
    expect(metrics).toContain('router_arm_share{arm="candidate-1",role="candidate",version="2"} 1');
  });
});

describe('listen() and close()', () => {
  it('says which port is in use, public or admin, and holds neither afterwards', async () => {
    const { url, adminUrl } = await startRouter();
    const [port, adminPort] = [Number(new URL(url).port), Number(new URL(adminUrl).port)];
    const options = { clock: new FakeClock(), logger: new CapturingLogger() };
    const inUse = (taken: number): unknown =>
      expect.objectContaining({
        code: 'SERVING_PORT_IN_USE',
        details: expect.objectContaining({ port: taken }) as unknown,
      });
    await expect(createRouter(options).listen({ port, adminPort: 0 })).rejects.toEqual(inUse(port));

    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const free = (probe.address() as AddressInfo).port;
    await endServer(probe);
    await expect(createRouter(options).listen({ port: free, adminPort })).rejects.toEqual(inUse(adminPort));
    await expect(ask(`http://127.0.0.1:${free}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends the requests in flight before it closes', async () => {
    const { router, url } = await startRouter();
    const arrived = deferred();
    const finish = deferred();
    const { url: slow } = await upstream((_, response) => {
      arrived.resolve();
      void finish.promise.then(() => response.end('late'));
    });
    router.replaceArms([arm('stable', slow, 1)]);
    const inFlight = ask(url);
    await arrived.promise;
    const closed = router.close();
    finish.resolve();
    expect((await inFlight).body).toBe('late');
    await closed;
    await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
