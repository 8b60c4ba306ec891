import assert from 'node:assert/strict';
import { listedByNpm, shipped, type Sbom } from '../../infra/sbom.ts';

const refs = (sbom: Sbom) => sbom.components.map((component) => component['bom-ref'].replace(/@[^@]+$/, ''));

describe('npm run sbom', () => {
  let listed: Sbom;
  before(() => (listed = listedByNpm()));
  const react = () => listed.components.find(({ name }) => name === 'react')?.['bom-ref'] ?? assert.fail('no react');

  it('lists what runs, in the bot and in the desk, and nothing that only builds or tests', () => {
    const names = refs(shipped(listed, 'forthright', new Set([react()])));
    for (const name of ['restify', 'zod', 'react']) assert.ok(names.includes(name), name);
    for (const name of ['mocha', 'esbuild', 'react-dom'])
      assert.ok(refs(listed).includes(name) && !names.includes(name), name);
  });

  it('gives the same bytes at another time, in another folder', () => {
    const later = structuredClone(listed);
    Object.assign(later, { serialNumber: 'urn:uuid:00000000-0000-4000-8000-000000000000' });
    later.metadata.timestamp = '2031-01-01T00:00:00.000Z';
    later.metadata.component.name = 'elsewhere';
    assert.deepEqual(shipped(later, 'forthright', new Set()), shipped(listed, 'forthright', new Set()));
  });

  it('has another number once a package differs', () => {
    const [with_, without] = [new Set([react()]), new Set<string>()].map((set) => shipped(listed, 'forthright', set));
    assert.match(with_!.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.notEqual(with_!.serialNumber, without!.serialNumber);
  });

  it('leaves no dependency on what it does not list', () => {
    const { components, dependencies, metadata } = shipped(listed, 'forthright', new Set());
    const known = new Set([metadata.component, ...components].map((component) => component['bom-ref']));
    assert.deepEqual(
      dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !known.has(ref)),
      [],
    );
  });
});
