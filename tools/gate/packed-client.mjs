// mlflow-client-ts as a stranger gets it: packed, installed into an empty project, typechecked under both module resolutions, and run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'packed-client-'));
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

const program = `
import { readFileSync } from 'node:fs';
import { isNotFound, openMlflow, runFilter, serveStore, withRun, type MlflowClient, type Run } from 'mlflow-client-ts';

const store: MlflowClient = openMlflow({ trackingUri: 'file:./mlruns' });
const face = await serveStore(store);
const client = openMlflow({ trackingUri: face.url, env: {} });
const runId: string = await withRun(client, { experimentName: 'packed', runName: 'first' }, async (run) => {
  run.logParam('size', 64);
  run.logMetric('rmse', 1.5);
  return run.runId;
});
const experiment = await client.findExperimentByName('packed');
const found: Run[] = await client
  .searchRuns({
    experimentIds: [experiment?.experimentId ?? ''],
    filter: runFilter(({ metric }) => [metric('rmse').lessThan(2)]),
  })
  .all();
const missing: unknown = await client.getRun('0'.repeat(32)).catch((error: unknown) => error);
await face.close();
console.log(JSON.stringify({
  dependencies: Object.keys(JSON.parse(readFileSync('node_modules/mlflow-client-ts/package.json', 'utf8')).dependencies ?? {}),
  found: found.map(({ runName, metrics, params }) => ({ runName, metrics, params })),
  same: found[0]?.runId === runId,
  missing: isNotFound(missing),
}));
`;
const expected = {
  dependencies: [],
  found: [{ runName: 'first', metrics: { rmse: 1.5 }, params: { size: '64' } }],
  same: true,
  missing: true,
};

function project(module, moduleResolution) {
  return {
    compilerOptions: {
      target: 'es2023',
      strict: true,
      exactOptionalPropertyTypes: true,
      module,
      moduleResolution,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
      outDir: moduleResolution,
      rootDir: '.',
    },
    files: ['index.ts'],
  };
}

try {
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], join(root, 'libs/mlflow-client-ts')),
  );
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--silent', `./${filename}`], folder);
  writeFileSync(join(folder, 'index.ts'), program);
  for (const [module, resolution] of [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ]) {
    writeFileSync(join(folder, `tsconfig.${resolution}.json`), JSON.stringify(project(module, resolution)));
    run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', `tsconfig.${resolution}.json`], folder);
    const answer = JSON.parse(run(process.execPath, [join(resolution, 'index.js')], folder));
    if (JSON.stringify(answer) !== JSON.stringify(expected)) {
      throw new Error(
        `under ${resolution} the program printed ${JSON.stringify(answer)}, not ${JSON.stringify(expected)}`,
      );
    }
    rmSync(join(folder, 'mlruns'), { recursive: true });
    console.log(`packed, installed, typechecked and run under moduleResolution ${resolution}`);
  }
} catch (error) {
  console.log(`mlflow-client-ts cannot be used from its package: ${error.message}\n${error.stdout ?? ''}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
