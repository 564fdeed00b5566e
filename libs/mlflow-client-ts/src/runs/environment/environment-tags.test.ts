import { describe, expect, it } from 'vitest';
import { environmentTags, type ProgramFacts } from './environment-tags.js';

const facts: ProgramFacts = { isJob: false, host: 'h', nodeVersion: 'v20.1.0' };

describe('environmentTags()', () => {
  it("writes MLflow's own tags as Python does, and those of the machine and the package", () => {
    const tags = environmentTags({
      ...facts,
      user: 'u',
      script: '/a/train.js',
      isJob: true,
      git: { commit: 'c', branch: 'main', repoUrl: 'https://h/a.git' },
      package: { name: 'p', version: '1.0.0', dependencies: { d: '2.0.0' } },
    });
    expect(tags).toEqual({
      'mlflow.user': 'u',
      'mlflow.source.name': '/a/train.js',
      'mlflow.source.type': 'JOB',
      'mlflow.source.git.commit': 'c',
      'mlflow.source.git.branch': 'main',
      'mlflow.source.git.repoURL': 'https://h/a.git',
      host: 'h',
      'node.version': 'v20.1.0',
      'package.name': 'p',
      'package.version': '1.0.0',
      'package.dependencies': '{"d":"2.0.0"}',
    });
  });

  it('leaves out what is not known, and what does not fit into a tag', () => {
    const dependencies = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`package-${i}`, '1.0.0']));
    expect(environmentTags({ ...facts, package: { dependencies } })).toEqual({
      'mlflow.source.name': '<console>',
      'mlflow.source.type': 'LOCAL',
      host: 'h',
      'node.version': 'v20.1.0',
    });
  });
});
