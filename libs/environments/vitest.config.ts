import { defineProject } from 'vitest/config';
import { unitTests } from '../../config/vitest/unit-tests.js';

export default defineProject(unitTests('environments', import.meta.dirname));
