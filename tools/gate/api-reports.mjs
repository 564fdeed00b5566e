// The public types of a library as one text, api-reports/<name>.api.md, reviewed like code. `--write` writes it anew; without, a difference
// fails. Reads the built declarations: run after `tsc --build`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const libraries = ['mlflow-client-ts'];
const write = process.argv.includes('--write');
const root = join(import.meta.dirname, '../..');

let changed = 0;
for (const name of libraries) {
  const projectFolder = join(root, 'libs', name);
  const reportTempFolder = join(root, 'node_modules/.cache/api-reports');
  const reportFolder = join(root, 'api-reports');
  for (const folder of [reportTempFolder, reportFolder]) mkdirSync(folder, { recursive: true });
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, 'package.json'),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: join(projectFolder, 'dist/index.d.ts'),
      compiler: { tsconfigFilePath: join(projectFolder, 'tsconfig.lib.json') },
      apiReport: { enabled: true, reportFileName: `${name}.api.md`, reportFolder, reportTempFolder },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: {
          default: { logLevel: 'error' },
          'ae-missing-release-tag': { logLevel: 'none' },
          'ae-undocumented': { logLevel: 'none' }, // fields whose names say all; exports are held to it by the linter
          'ae-forgotten-export': { logLevel: 'error' },
        },
        // Comments are prose for readers; braces and @ in them are no TSDoc.
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
  const result = Extractor.invoke(config, { localBuild: write, showVerboseMessages: false });
  if (!result.succeeded) changed++;
}
if (changed > 0) console.log('Read the difference; if it is meant: node tools/gate/api-reports.mjs --write');
process.exit(changed === 0 ? 0 : 1);
