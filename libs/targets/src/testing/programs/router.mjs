// The router's two ports in miniature: every request goes to the arm with the largest share, the others are tried when it is
// dead. What is tested here is the target, not the router.
import { createServer, request as send } from 'node:http';

const flags = process.argv.slice(2);
const flag = (name) => flags[flags.indexOf(name) + 1];
let arms = [];
let counts = {};

const admin = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (request.method === 'PUT') {
    if (process.env.ROUTER_REFUSES) return response.writeHead(400).end('{"message":"refused"}');
    arms = JSON.parse(Buffer.concat(chunks)).arms;
  }
  if (request.url === '/stats/reset') counts = {};
  const stats = Object.fromEntries(arms.map(({ id }) => [id, statsOf(counts[id] ?? { requests: 0, errors: 0 })]));
  response.end(JSON.stringify({ arms, stats }));
});

function statsOf(count) {
  return { ...count, latencyP50Ms: 1, latencyP95Ms: 2, latencyP99Ms: 3 };
}

const proxy = createServer((request, response) => {
  request.resume();
  pass(
    request,
    response,
    arms.toSorted((a, b) => b.share - a.share),
  );
});

function pass(request, response, [arm, ...others]) {
  if (arm === undefined) return response.writeHead(503).end();
  const count = (counts[arm.id] ??= { requests: 0, errors: 0 });
  count.requests += 1;
  const outgoing = send(`${arm.url}${request.url}`, { method: request.method, agent: false }, (answer) => {
    if (answer.statusCode >= 500) count.errors += 1;
    response.writeHead(answer.statusCode, { 'x-i-drill-arm': arm.role });
    answer.pipe(response);
  });
  outgoing.on('error', () => {
    count.errors += 1;
    pass(request, response, others);
  });
  outgoing.end();
}

proxy.on('error', (error) => {
  console.error(`Cannot listen on port ${flag('--port')}: ${error.code}`);
  process.exit(3);
});
proxy.listen(Number(flag('--port')), '127.0.0.1', () => {
  admin.listen(0, '127.0.0.1', () => {
    const url = `http://127.0.0.1:${proxy.address().port}`;
    const adminUrl = process.env.ROUTER_NAMELESS ? undefined : `http://127.0.0.1:${admin.address().port}`;
    console.log(JSON.stringify({ event: 'listening', url, adminUrl, pid: process.pid }));
  });
});
process.on('SIGTERM', () => process.exit(0));
