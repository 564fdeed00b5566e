import { invalidValue } from '../faults.js';

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Refuses a figure whose content is not what the extension of its path says: `.svg` is text with an `<svg>` element, `.png` starts as PNG does. */
export function assertFigure(path: string, content: Uint8Array | string): void {
  const extension = /\.(svg|png)$/i.exec(path)?.[1]?.toLowerCase();
  if (extension === undefined) {
    throw invalidValue(
      `Cannot log figure "${path}": its name ends neither in .svg nor in .png; use logArtifact for others`,
      { path },
    );
  }
  const fits = extension === 'svg' ? isSvg(content) : isPng(content);
  if (fits) return;
  throw invalidValue(
    `Cannot log figure "${path}": its content is not ${extension.toUpperCase()}; rename it or convert it`,
    { path },
  );
}

function isSvg(content: Uint8Array | string): boolean {
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content.subarray(0, 4096));
  return /^\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s/>]/i.test(
    text,
  );
}

function isPng(content: Uint8Array | string): boolean {
  return typeof content !== 'string' && pngStart.every((byte, i) => content[i] === byte);
}
