import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

interface Picture {
  width: number;
  height: number;
  pixels: { color: string; alpha: number }[];
}

const folder = new URL('../../manifest/', import.meta.url);
const { icons } = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as {
  icons: { color: string; outline: string };
};

/** Reads an 8-bit RGB or RGBA PNG without interlacing, which is what Chromium writes (PNG specification, 3rd edition). */
function readPng(name: string): Picture {
  const file = readFileSync(new URL(name, folder));
  const [width, height, depth, type] = [file.readUInt32BE(16), file.readUInt32BE(20), file[24], file[25]];
  assert.ok(depth === 8 && (type === 2 || type === 6) && file[28] === 0, `${name} is not a plain RGB or RGBA picture`);
  const bytes = type === 6 ? 4 : 3;
  const rows = unfilter(inflateSync(imageChunks(file)), width * bytes, height, bytes);
  const pixels = Array.from({ length: width * height }, (_, at) => {
    const pixel = rows.subarray(at * bytes, (at + 1) * bytes);
    return { color: pixel.toString('hex', 0, 3), alpha: pixel[3] ?? 255 };
  });
  return { width, height, pixels };
}

function imageChunks(file: Buffer): Buffer {
  const found: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const kind = file.toString('latin1', at + 4, at + 8);
    // A tRNS chunk would make an RGB picture transparent, which this reader does not follow.
    assert.notEqual(kind, 'tRNS');
    if (kind === 'IDAT') found.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  return Buffer.concat(found);
}

function unfilter(packed: Buffer, stride: number, height: number, bytes: number): Buffer {
  const rows = Buffer.alloc(stride * height);
  const value = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (rows[y * stride + x] ?? 0));
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const [left, up, corner] = [value(x - bytes, y), value(x, y - 1), value(x - bytes, y - 1)];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      rows[y * stride + x] = ((packed[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  return rows;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

describe('the icons', () => {
  it('are 192 pixels wide and high in colour, opaque in every pixel', () => {
    const { width, height, pixels } = readPng(icons.color);
    assert.deepEqual([width, height, pixels.length], [192, 192, 192 * 192]);
    assert.ok(pixels.every(({ alpha }) => alpha === 255));
    assert.equal(pixels[0]?.color, '0f4a47', 'the ground is the accent colour');
    assert.ok(new Set(pixels.map(({ color }) => color)).size > 3, 'something is drawn on it');
  });

  it('are 32 pixels wide and high in outline, only white and transparent', () => {
    const { width, height, pixels } = readPng(icons.outline);
    assert.deepEqual([width, height, pixels.length], [32, 32, 32 * 32]);
    const drawn = pixels.filter(({ alpha }) => alpha > 0);
    assert.deepEqual([...new Set(drawn.map(({ color }) => color))], ['ffffff']);
    assert.ok(drawn.length > 50 && drawn.length < 512, 'a line, neither empty nor a filled square');
  });
});
