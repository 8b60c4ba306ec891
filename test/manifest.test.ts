import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import ajv, { type ValidateFunction } from 'ajv-draft-04';
import formats from 'ajv-formats';

interface Manifest {
  manifestVersion: string;
  description: { short: string; full: string };
  icons: { color: string; outline: string };
  bots: [Bot];
  staticTabs: { entityId: string; scopes: string[]; contentUrl?: string }[];
  validDomains: string[];
  webApplicationInfo: { id: string; resource: string };
}

interface Bot {
  botId?: string;
  scopes: string[];
  commandLists: { scopes: string[]; commands: { title: string; description: string }[] }[];
}

interface Picture {
  width: number;
  height: number;
  pixels: { color: string; alpha: number }[];
}

const folder = new URL('../manifest/', import.meta.url);
const template = readFileSync(new URL('manifest.json', folder), 'utf8');

const samples: Record<string, string> = {
  '{{TEAMS_APP_ID}}': '7e57a990-0000-4000-8000-000000000001',
  '{{BOT_ID}}': '7e57b070-0000-4000-8000-000000000002',
  '{{DOMAIN}}': 'forthright.example',
};

const filled = template.replaceAll(/\{\{\w+\}\}/g, (name) => samples[name] ?? name);
const manifest = (): Manifest => JSON.parse(filled) as Manifest;

/** Microsoft's schema of the version that the manifest names, as the package carries it. */
function schema(): object {
  const version = manifest().manifestVersion;
  const file = `@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`;
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve(file), 'utf8')) as object;
}

function validator(): ValidateFunction {
  const checker = new ajv.default({ strict: false, allErrors: true });
  formats.default(checker, ['uri', 'email', 'regex']);
  return checker.compile(schema());
}

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

describe('the Teams manifest', () => {
  let validate: ValidateFunction;
  before(() => {
    validate = validator();
  });

  it('holds the three placeholders of the packaging step and no other', () => {
    assert.deepEqual(new Set(template.match(/\{\{.*?\}\}/g)), new Set(Object.keys(samples)));
    assert.doesNotMatch(filled, /\{\{/);
  });

  it("is valid against Microsoft's schema once filled", () => {
    assert.ok(validate(manifest()), JSON.stringify(validate.errors, null, 2));
  });

  const faults: [string, string, (broken: Manifest) => void][] = [
    ['a missing bot id', 'required', (broken) => delete broken.bots[0].botId],
    ['a bot id that is still a placeholder', 'pattern', (broken) => (broken.bots[0].botId = '{{BOT_ID}}')],
    ['a scope that Teams does not know', 'enum', (broken) => broken.bots[0].scopes.push('everywhere')],
    ['a short description that is too long', 'maxLength', (broken) => (broken.description.short = 'a'.repeat(81))],
  ];
  for (const [what, keyword, spoil] of faults) {
    it(`would not pass with ${what}`, () => {
      const broken = manifest();
      spoil(broken);
      assert.equal(validate(broken), false);
      assert.deepEqual(
        validate.errors?.map((error) => error.keyword),
        [keyword],
      );
    });
  }

  it('offers the bot to a person and to a team, and in no group chat', () => {
    const [bot] = manifest().bots;
    assert.deepEqual(bot.scopes, ['personal', 'team']);
    assert.deepEqual(
      bot.commandLists.map((list) => list.scopes),
      [['personal'], ['team']],
    );
  });

  it('signs people in for the bot’s own application, by the address that Teams wants of a tab beside a bot', () => {
    const { webApplicationInfo, bots } = manifest();
    const [{ botId }] = bots;
    assert.equal(webApplicationInfo.id, botId);
    assert.equal(webApplicationInfo.resource, `api://${samples['{{DOMAIN}}']}/botid-${botId}`);
  });

  it('opens on the conversation and shows tabs of its own domain only', () => {
    const { staticTabs, validDomains } = manifest();
    assert.deepEqual(
      staticTabs.map((tab) => tab.entityId),
      ['conversations', 'desk', 'how', 'about'],
    );
    const hosts = staticTabs.flatMap((tab) => (tab.contentUrl ? [new URL(tab.contentUrl).host] : []));
    assert.deepEqual([...new Set(hosts)], validDomains);
  });

  it('lists commands short enough for every Teams client', () => {
    const lists = manifest().bots[0].commandLists;
    for (const { commands } of lists) {
      // Schemas up to 1.20 set 32 characters for a title and 10 commands; later ones allow more than a menu can show.
      assert.ok(commands.length > 0 && commands.length <= 10);
      assert.equal(new Set(commands.map((command) => command.title)).size, commands.length);
      for (const { title, description } of commands) {
        assert.ok(title.length > 0 && title.length <= 32, title);
        assert.ok(description.length > 0 && description.length <= 80, description);
      }
    }
  });

  it('says what cannot be hidden, and claims no more than that', () => {
    const { short, full } = manifest().description;
    assert.match(full, /Whoever controls this bot's code and keys could\. Microsoft 365 may record that you used it\./);
    assert.doesNotMatch(`${short} ${full}`, /untraceable|100 ?%|fully anonymous|completely anonymous|guarantee/i);
    assert.ok(!full.includes(short), 'Teams asks that the full description does not repeat the short one');
  });
});

describe('the icons', () => {
  it('are 192 pixels wide and high in colour, opaque in every pixel', () => {
    const { width, height, pixels } = readPng(manifest().icons.color);
    assert.deepEqual([width, height, pixels.length], [192, 192, 192 * 192]);
    assert.ok(pixels.every(({ alpha }) => alpha === 255));
    assert.equal(pixels[0]?.color, '0f4a47', 'the ground is the accent colour');
    assert.ok(new Set(pixels.map(({ color }) => color)).size > 3, 'something is drawn on it');
  });

  it('are 32 pixels wide and high in outline, only white and transparent', () => {
    const { width, height, pixels } = readPng(manifest().icons.outline);
    assert.deepEqual([width, height, pixels.length], [32, 32, 32 * 32]);
    const drawn = pixels.filter(({ alpha }) => alpha > 0);
    assert.deepEqual([...new Set(drawn.map(({ color }) => color))], ['ffffff']);
    assert.ok(drawn.length > 50 && drawn.length < 512, 'a line, neither empty nor a filled square');
  });
});
