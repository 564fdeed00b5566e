import { projectConfig } from '../../config/eslint/project.mjs';

export default [
  { ignores: ['**/assembly'] }, // AssemblyScript: its own compiler checks it
  ...projectConfig('pure', import.meta.dirname),
  { files: ['scripts/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } }, // they run the compiler
];
