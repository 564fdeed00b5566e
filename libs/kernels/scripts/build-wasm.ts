/**
 * Compiles the kernels and writes them into `src/kernel-binaries.ts`. Run after a change in `assembly/`:
 *
 *   npx nx run @i-drill/kernels:build-wasm
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kernelBinaries } from './compile.js';

writeFileSync(join(import.meta.dirname, '../src/kernel-binaries.ts'), kernelBinaries());
