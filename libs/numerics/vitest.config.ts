import { defineProject } from 'vitest/config';
import { unitTests } from '../../config/vitest/unit-tests.js';

export default defineProject(unitTests('numerics', import.meta.dirname));
