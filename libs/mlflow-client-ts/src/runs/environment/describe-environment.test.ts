import { describe, expect, it } from 'vitest';
import { describeEnvironment, type ProgramFacts } from './describe-environment.js';

const facts: ProgramFacts = { isJob: false, host: 'h', nodeVersion: 'v20.1.0' };

describe('describeEnvironment()', () => {
  it("writes MLflow's own tags as Python does, and those of the machine and the package", () => {
    const { tags, files } = describeEnvironment({
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
    expect(files).toEqual({});
  });

  it('leaves out what is not known, and what does not fit into a tag', () => {
    expect(describeEnvironment({ ...facts, script: '/a'.repeat(5000) })).toEqual({
      tags: { 'mlflow.source.type': 'LOCAL', host: 'h', 'node.version': 'v20.1.0' },
      files: {},
    });
    expect(describeEnvironment(facts).tags).toMatchObject({ 'mlflow.source.name': '<console>' });
  });

  it('has dependencies that do not fit into a tag as a file', () => {
    const dependencies = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`package-${i}`, '1.0.0']));
    const { tags, files } = describeEnvironment({ ...facts, package: { name: 'p', dependencies } });
    expect(Object.keys(tags)).toEqual([
      'mlflow.source.name',
      'mlflow.source.type',
      'host',
      'node.version',
      'package.name',
    ]);
    expect(JSON.parse(files['environment/dependencies.json'] ?? '')).toEqual(dependencies);
  });
});
