import { projectConfig } from '../../config/eslint/project.mjs';

export default [...projectConfig('node', import.meta.dirname), { ignores: ['vitest.e2e.config.ts'] }];
