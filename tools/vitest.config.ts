import { defineProject } from 'vitest/config';
import { unitTests } from '../config/vitest/unit-tests.js';

const { test, ...base } = unitTests('tools', import.meta.dirname);

export default defineProject({ ...base, test: { ...test, include: ['{src,native}/**/*.test.ts'] } });
