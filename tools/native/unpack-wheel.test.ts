import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runTool } from './run-tool.js';
import { temporaryFolder } from './temporary-folder.js';

const files = [
  'tensorflow/libtensorflow_cc.so.2',
  'tensorflow/include/tensorflow/c/c_api.h',
  'tensorflow/include/tensorflow/core/framework/op.h',
  'tensorflow/python/big.so',
];

function python(...args: readonly string[]): void {
  runTool({ command: 'python3', args, ifMissing: 'install Python 3', ifFailed: 'see above' });
}

describe('unpack_wheel.py', () => {
  it('unpacks the library and the C headers, and nothing else', () => {
    const folder = temporaryFolder();
    const wheel = join(folder, 'some.whl');
    python('-c', 'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as z:\n  for f in sys.argv[2:]: z.writestr(f, "")', wheel, ...files); // prettier-ignore
    python(join(import.meta.dirname, 'unpack_wheel.py'), wheel, join(folder, 'out'));
    const unpacked = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' });
    expect(unpacked.filter((name) => /\.(h|so|2)$/.test(name)).toSorted()).toEqual([files[1], files[0]]);
  });
});
