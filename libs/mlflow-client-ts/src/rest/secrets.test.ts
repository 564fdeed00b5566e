import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, startLocalServer, type LocalServer } from '../../testing/local-server.js';
import { failureOf, testSettings } from '../../testing/rest-settings.js';
import type { HttpCall } from './http.js';
import { redactor } from './secrets.js';
import type { RestOptions } from './settings.js';

describe('redactor()', () => {
  it('replaces a secret wherever it stands, also as JSON, HTML and addresses write it', () => {
    const secret = `a"b<c>&d/e`;
    const text = `${secret} ${JSON.stringify(secret)} ${encodeURIComponent(secret)} a&quot;b&lt;c&gt;&amp;d/e`;
    expect(redactor([secret])(text)).toBe('[secret] "[secret]" [secret] [secret]');
    expect(redactor(['ü😀'])(String.raw`\u00fc\ud83d\ude00, ${encodeURIComponent('ü😀')}, ü😀`)).toBe(
      '[secret], [secret], [secret]',
    );
    expect(redactor([secret])(JSON.stringify(JSON.stringify({ secret })))).not.toContain('d/e');
  });

  it('leaves a text alone that contains none', () => {
    expect(redactor(['', 's3cret'])('no s3cre here')).toBe('no s3cre here');
  });

  it('never leaves the secret in, whatever the text around it', () => {
    const secrets = fc.stringMatching(/^[a-z0-9"\\&<%/.*+-]{3,20}$/);
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(!'[secret]'.includes(secret));
        const redact = redactor([secret]);
        expect(redact(before + secret + after)).not.toContain(secret);
        expect(redact(JSON.stringify(JSON.stringify(secret)))).toMatch(/^"\\"\[secret\](?:\\)*"?"$/);
      }),
    );
  });
});

let echo: LocalServer;
beforeAll(async () => {
  // Tells all it was told, as a debugging proxy does.
  echo = await startLocalServer(async (request, response) => {
    const body = (await bodyOf(request)).toString();
    const told = JSON.stringify({ url: request.url, headers: request.rawHeaders, body });
    if (request.url?.startsWith('/drop') === true) return void response.destroy();
    const isJson = request.url?.startsWith('/json') === true;
    response.writeHead(400, {
      'content-type': isJson ? 'application/json' : `text/html; was=${request.headers.authorization ?? ''}`,
    });
    response.end(isJson ? JSON.stringify({ error_code: 'INVALID_PARAMETER_VALUE', message: told }) : told);
  });
});
afterAll(async () => {
  await echo.stop();
});

const post: HttpCall = { method: 'POST', path: '/text', body: {}, action: 'make it', isIdempotent: true };

async function shown(call: HttpCall, options: Partial<RestOptions>, trackingUri = echo.url): Promise<string> {
  const { http } = testSettings(trackingUri, {}, options);
  const error = await failureOf(http.json(call));
  return inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error) + String(error.stack);
}

describe('an error never shows', () => {
  it.each(['/text', '/json', '/drop'])('the password of the address (%s)', async (path) => {
    const address = echo.url.replace('//', '//ada:p%22a%2Fss%20word@');
    const text = await shown({ ...post, path }, {}, address);
    expect(text).not.toMatch(/p\\*"a\/ss word|p%22a|YWRh/);
    expect(text).toContain('Cannot make it');
  });

  it.each(['/text', '/json', '/drop'])('the token, which a server echoes (%s)', async (path) => {
    expect(await shown({ ...post, path }, { env: { MLFLOW_TRACKING_TOKEN: 't0ken-of-ada' } })).not.toContain('t0ken');
  });

  it.each(['/text', '/json'])('headers that the hook adds (%s)', async (path) => {
    const sign = () => ({ Authorization: 'Bearer s1gned-by-ada', 'X-Key': 'k3y-of-ada' });
    const text = await shown({ ...post, path }, { sign });
    expect(text).not.toMatch(/s1gned|k3y/);
    expect(text).toContain('[secret]');
  });

  it.each(['/text', '/json', '/drop'])('the secret of a webhook (%s)', async (path) => {
    const body = { name: 'hook', secret: 'w3bhook"secret' };
    const text = await shown({ ...post, path, body }, {});
    expect(text).not.toMatch(/w3bhook/);
  });

  it('half a secret where a long page is cut', async () => {
    const env = { MLFLOW_TRACKING_TOKEN: 't0ken-'.repeat(500) };
    expect(await shown(post, { env })).not.toContain('t0ken');
  });

  it('the query of a presigned address', async () => {
    const path = `${echo.url}/text?X-Amz-Signature=s1gnature`;
    const text = await shown({ ...post, method: 'PUT', path, isAnonymous: true }, {});
    expect(text.split('url=')).toHaveLength(1);
    expect(
      JSON.stringify(await failureOf(testSettings(echo.url).http.json({ ...post, path, isAnonymous: true }))),
    ).toContain(`"url":"${echo.url}/text"`);
  });

  it('what the error of a transport carries', async () => {
    const transport = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('socket hang up'), { request: { authorization: 'Bearer t0ken-of-ada' } }));
    const env = { MLFLOW_TRACKING_TOKEN: 't0ken-of-ada' };
    const text = await shown(post, { transport, env });
    expect(text).toContain('socket hang up');
    expect(text).not.toContain('t0ken');
  });
});
