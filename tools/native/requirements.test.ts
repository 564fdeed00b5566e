import { describe, expect, it } from 'vitest';
import { requireKnownMachine, requireRoom } from './requirements.js';

describe('requireKnownMachine()', () => {
  it('accepts linux x64 and refuses others, saying what is left to do', () => {
    const act = (architecture: string) => () => {
      requireKnownMachine('linux', architecture);
    };
    expect(act('x64')).not.toThrow();
    expect(act('arm64')).toThrow('Cannot set up the native backend on linux arm64');
  });
});

describe('requireRoom()', () => {
  it('refuses a full disk, saying how much is free', () => {
    const act = (freeBytes: number) => () => {
      requireRoom('/disk', freeBytes);
    };
    expect(act(2.5e9)).not.toThrow();
    expect(act(1e9)).toThrow('Cannot unpack TensorFlow: 1.0 GB are free in "/disk"');
  });
});
