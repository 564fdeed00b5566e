// A model server without a model: answers /health and /invocations as FAKE says, in the way the real one prints and stops.
import { createServer } from 'node:http';

const flags = process.argv.slice(2);
const flag = (name) => flags[flags.indexOf(name) + 1];
const version = flag('--model-uri').split('/').at(-1);
// FAKE names a fault per version, for example {"2":"dies"}: arms of one target share their environment.
const fault = JSON.parse(process.env.FAKE ?? '{}')[version] ?? 'none';

if (fault === 'dies') {
  console.error('first words');
  console.error(JSON.stringify({ level: 'error', message: 'Cannot open the model: no such file' }));
  process.exit(3);
}

const answer = {
  predictions: { prediction: [[Number(version)]] },
  flags,
  trackingUri: process.env.MLFLOW_TRACKING_URI,
  pid: process.pid,
};
let healthy = fault !== 'sick';
const server = createServer((request, response) => {
  request.resume();
  response.setHeader('x-i-drill-version', fault === 'impostor' ? '99' : version);
  request.once('end', () => {
    if (request.url === '/health') response.writeHead(healthy ? 200 : 503).end('{}');
    else if (request.url.startsWith('/hang')) return;
    else if (fault === 'fails') response.writeHead(500).end('{"error_code":"INTERNAL_ERROR"}');
    else if (fault === 'not-finite') response.end('{"predictions":{"prediction":[[null]]}}');
    else if (fault === 'no-interval')
      response.end('{"predictions":{"prediction":[[1]],"lower":[[0]],"upper":[[null]]}}');
    else if (fault === 'too-many') response.end('{"predictions":{"prediction":[[1],[2]]}}');
    else if (fault === 'no-prediction') response.end('{"predictions":{"upper":[[1]]}}');
    else if (fault === 'no-json') response.end('<html>');
    else response.end(JSON.stringify(answer));
  });
});

if (fault === 'silent') setInterval(() => undefined, 1000);
else {
  server.listen(0, '127.0.0.1', () => {
    const url = `http://127.0.0.1:${server.address().port}`;
    console.log('a line of another kind');
    console.log(JSON.stringify({ event: 'listening', url, pid: process.pid, version }));
  });
}

process.on('SIGTERM', () => {
  if (fault === 'stubborn') return;
  healthy = false;
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 200).unref();
});
