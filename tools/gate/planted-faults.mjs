// The gate must fail on a type error, on an import against the layers and on an unclean clock. Plants each, looks, removes it.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';

const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };
const faults = [
  {
    name: 'a type error',
    file: 'libs/core/src/planted-fault.ts',
    source: "/** Planted. */\nexport const planted: number = 'text';\n",
    command: ['npx', ['tsc', '--build', 'libs/core']],
    expected: /TS2322/,
  },
  {
    name: 'an import upwards',
    file: 'libs/drift/src/planted-fault.ts',
    source:
      "import { AppError } from '@i-drill/core';\nimport { promoteVersion } from '@i-drill/registry';\n\n/** Planted. */\nexport const planted: unknown = [AppError, promoteVersion];\n",
    command: ['npx', ['nx', 'run', '@i-drill/drift:lint', '--skip-nx-cache', '--output-style=static']],
    expected: /enforce-module-boundaries/,
  },
  {
    name: 'a clock in a pure library',
    file: 'libs/core/src/planted-fault.ts',
    source: '/** Planted. */\nexport const planted: number = Date.now();\n',
    command: ['npx', ['nx', 'run', '@i-drill/core:lint', '--skip-nx-cache', '--output-style=static']],
    expected: /Date\.now\(\)/,
  },
];

let missed = 0;
for (const fault of faults) {
  writeFileSync(fault.file, fault.source);
  try {
    const run = spawnSync(fault.command[0], fault.command[1], { encoding: 'utf8', env });
    const isCaught = run.status !== 0 && fault.expected.test(`${run.stdout}${run.stderr}`);
    console.log(`${isCaught ? 'caught' : 'MISSED'}: ${fault.name}`);
    if (!isCaught) {
      console.log(run.stdout, run.stderr);
      missed++;
    }
  } finally {
    rmSync(fault.file);
  }
}
process.exit(missed === 0 ? 0 : 1);
