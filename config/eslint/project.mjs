import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import jsdoc from 'eslint-plugin-jsdoc';
import * as jsonc from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';
import { layerConstraints, testConstraints } from './layers.mjs';
import { purityRules, styleRules } from './purity.mjs';

const sources = ['**/*.ts'];
const tests = ['**/*.test.ts', '**/*.bench.ts', 'bench/**/*.ts', '**/e2e/**/*.ts', '**/testing/**/*.ts'];

const sizeRules = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 10],
  'max-depth': ['error', 3],
  'max-params': ['error', 4],
};

const typedRules = {
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  // Numbers and booleans in messages are what messages are made of.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  // `!` after an index is allowed in numeric kernels, where the loop header proves the bound (STYLE 3).
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
  '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
};

const docRules = {
  'jsdoc/require-jsdoc': [
    'error',
    {
      publicOnly: { ancestorsOnly: true, esm: true, cjs: false },
      require: { FunctionDeclaration: true, ClassDeclaration: true },
      contexts: ['ExportNamedDeclaration > TSInterfaceDeclaration', 'ExportNamedDeclaration > TSTypeAliasDeclaration'],
      checkConstructors: false,
    },
  ],
  'jsdoc/informative-docs': 'error',
};

function boundaries(depConstraints) {
  return {
    '@nx/enforce-module-boundaries': [
      'error',
      {
        enforceBuildableLibDependency: true,
        banTransitiveDependencies: true,
        // A client cannot ask the registry for itself; a shared preset is not a package.
        allow: ['^.*/config/(eslint|vitest)/.*$', 'vitest/config', 'vitest', 'vite', 'fast-check'],
        depConstraints,
      },
    ],
  };
}

/**
 * ESLint settings of one project.
 *
 * @param {'pure' | 'node'} env what the library may touch
 * @param {string} projectRoot absolute folder of the project
 */
export function projectConfig(env, projectRoot) {
  return [
    {
      ignores: [
        '**/dist',
        '**/out-tsc',
        '**/coverage',
        '**/*.timestamp*',
        '**/.generated',
        '**/*.mjs',
        '**/vitest*.config.ts',
      ],
    },
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },
    { plugins: { '@nx': nx, jsdoc } },
    { ...js.configs.recommended, files: sources },
    ...[...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked].map((c) => ({
      ...c,
      files: sources,
    })),
    {
      files: sources,
      languageOptions: {
        parserOptions: { projectService: true, tsconfigRootDir: projectRoot },
      },
      rules: {
        ...typedRules,
        ...sizeRules,
        ...docRules,
        ...(env === 'pure' ? purityRules : styleRules),
        ...boundaries(layerConstraints),
      },
    },
    {
      files: tests,
      rules: {
        ...boundaries(testConstraints),
        ...styleRules,
        'max-lines': 'off',
        'jsdoc/require-jsdoc': 'off',
        '@typescript-eslint/no-unsafe-assignment': 'off',
      },
    },
    {
      files: ['**/package.json'],
      languageOptions: { parser: jsonc },
      rules: {
        '@nx/dependency-checks': [
          'error',
          {
            ignoredFiles: [
              '{projectRoot}/eslint.config.mjs',
              '{projectRoot}/vitest.config.ts',
              '{projectRoot}/**/*.test.ts',
              '{projectRoot}/e2e/**/*',
              '{projectRoot}/bench/**/*',
            ],
            ignoredDependencies: [
              '@tensorflow/tfjs-node-gpu',
              '@tensorflow/tfjs-node',
              '@i-drill/model-server',
              'vitest',
              'fast-check',
            ],
          },
        ],
      },
    },
    prettier,
  ];
}
