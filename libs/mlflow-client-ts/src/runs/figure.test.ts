import { describe, expect, it } from 'vitest';
import { assertFigure } from './figure.js';

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0);
const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';

describe('assertFigure()', () => {
  it.each<[string, string, Uint8Array | string]>([
    ['PNG bytes', 'a.png', png],
    ['SVG text', 'plots/a.svg', svg],
    ['SVG bytes', 'a.SVG', new TextEncoder().encode(svg)],
    [
      'SVG after a declaration, a comment and a document type',
      'a.svg',
      `<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg>\n${svg}`,
    ],
  ])('takes %s', (_, path, content) => {
    expect(() => {
      assertFigure(path, content);
    }).not.toThrow();
  });

  it.each<[string, string, Uint8Array | string]>([
    ['SVG under the name of PNG', 'a.png', svg],
    ['PNG under the name of SVG', 'a.svg', png],
    ['a web page that contains SVG', 'a.svg', `<html>${svg}</html>`],
    ['an empty PNG', 'a.png', new Uint8Array()],
    ['another kind of picture', 'a.jpg', png],
  ])('refuses %s', (_, path, content) => {
    expect(() => {
      assertFigure(path, content);
    }).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
  });
});
