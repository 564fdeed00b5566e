import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { placesIn } from './places.js';
import { SetupError } from './setup-error.js';
import { setupSteps, type Step } from './steps.js';
import { temporaryFolder } from './temporary-folder.js';

/** Where nothing listens. */
const nowhere = 'http://127.0.0.1:9';

/** The steps in a repository that has nothing but the tool's own files. */
function steps(): { packages: Step; library: Step; binding: Step; link: Step; root: string } {
  const root = temporaryFolder();
  cpSync(import.meta.dirname, join(root, 'tools/native'), { recursive: true });
  const [packages, library, binding, link] = setupSteps(placesIn(root)) as [Step, Step, Step, Step];
  return { packages, library, binding, link, root };
}

function refusal(step: Step): SetupError {
  try {
    step.run();
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('setupSteps()', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('has everything to do in a repository where nothing was done', () => {
    const { packages, library, binding, link } = steps();
    expect([packages, library, binding, link].map((step) => step.isDone())).toEqual([false, false, false, false]);
  });

  it('restores the link that npm took away', () => {
    const { link, root } = steps();
    mkdirSync(join(root, '.native/node_modules/@tensorflow/tfjs-node'), { recursive: true });
    link.run();
    expect(link.isDone()).toBe(true);
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect(link.isDone()).toBe(false);
    link.run();
    expect(link.isDone()).toBe(true);
  });

  it('says how to get npm, and what to ask when its registry does not answer', () => {
    const { packages } = steps();
    vi.stubEnv('npm_config_registry', nowhere);
    vi.stubEnv('npm_config_fetch_retries', '0');
    vi.stubEnv('npm_config_cache', temporaryFolder());
    expect(refusal(packages).advice).toContain('is the npm registry reachable');
    expect(packages.isDone()).toBe(false);
    vi.stubEnv('PATH', '');
    expect(refusal(packages)).toMatchObject({ message: 'Cannot find "npm"', advice: expect.stringContaining('Node.js') as string }); // prettier-ignore
  });

  it('says how to get Python, and what to ask when PyPI does not answer', () => {
    const { library } = steps();
    vi.stubEnv('PIP_INDEX_URL', nowhere);
    vi.stubEnv('PIP_RETRIES', '0');
    expect(refusal(library).advice).toContain('is PyPI reachable');
    expect(library.isDone()).toBe(false);
    vi.stubEnv('PYTHON', 'no-python');
    expect(refusal(library)).toMatchObject({ message: 'Cannot find "no-python"', advice: expect.stringContaining('install Python 3 with pip') as string }); // prettier-ignore
  });

  it('says how to get a compiler, and how to be run', () => {
    const { binding } = steps();
    vi.stubEnv('npm_config_node_gyp', undefined);
    expect(refusal(binding)).toMatchObject({ message: 'Cannot find node-gyp', advice: 'run this as "npm run native"' });
    vi.stubEnv('CXX', 'no-compiler');
    expect(refusal(binding)).toMatchObject({ message: 'Cannot find "no-compiler"', advice: expect.stringContaining('install a C++ compiler') as string }); // prettier-ignore
  });
});
