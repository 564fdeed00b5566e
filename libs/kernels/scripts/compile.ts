import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `simd`: every processor and Node 20. `relaxed-simd`: fused multiply-add, Node 22 or later. */
export type KernelFeature = 'simd' | 'relaxed-simd';

const require = createRequire(import.meta.url);
const compiler = require.resolve('assemblyscript/bin/asc.js');
const source = join(import.meta.dirname, '../assembly/index.ts');

/** Compiles `assembly/` to a module without memory or data of its own. */
export function compileKernels(feature: KernelFeature): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  try {
    const file = join(folder, 'kernels.wasm');
    const features = feature === 'simd' ? ['--enable', 'simd'] : ['--enable', 'simd', '--enable', 'relaxed-simd'];
    // AS112 warns of functions on vectors that a caller from JavaScript could not use; none of them is exported.
    const options = ['--runtime', 'stub', '--importMemory', '-O3', '--noAssert', '--disableWarning', '112'];
    execFileSync(process.execPath, [compiler, source, ...options, ...features, '--outFile', file], { stdio: 'pipe' });
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The compiled modules as a TypeScript source. */
export function kernelBinaries(): string {
  const [simd, relaxed] = [compileKernels('simd'), compileKernels('relaxed-simd')].map(base64) as [string, string];
  return `// Made from assembly/ by scripts/build-wasm.ts.

/** The kernels for 128-bit SIMD, base64. */
export const simdBinary =
  '${simd}';

/** The same with fused multiply-add (relaxed SIMD), base64. */
export const relaxedSimdBinary =
  '${relaxed}';
`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
