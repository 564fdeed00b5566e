import type { ArtifactRepository } from '../api/artifacts.js';

/** The artifacts of one run or logged model, wherever they lie. */
export type ArtifactStore = ArtifactRepository;
