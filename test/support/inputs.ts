import { z } from 'zod';
import type { AnyRoute } from '../../bot/http/api/route.ts';
import { ines } from './cast.ts';

/** One text for each form that a field may ask for. */
const WELL_FORMED = ['2026-11-23', '2026-W48', '2026-11', '2026-11-23T09:00:00Z', '09:00', '1', 'x'];

type Schema = { [key: string]: any };

/** Something that a schema takes, or nearly so: texts are the first that fit, where the schema says what fits. */
function sample(schema: Schema, texts: readonly string[]): unknown {
  if ('default' in schema) return schema['default'];
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const [first] = (schema['anyOf'] ?? schema['oneOf'] ?? []) as Schema[];
  if (first !== undefined) return sample(first, texts);
  if (schema['type'] === 'object') return sampleObject(schema, texts, Object.keys(schema['properties'] ?? {}));
  if (schema['type'] === 'array') return [];
  if (schema['type'] === 'boolean') return false;
  if (schema['type'] === 'number' || schema['type'] === 'integer') return schema['minimum'] ?? 1;
  const { pattern = '' } = schema;
  return texts.find((text) => new RegExp(pattern).test(text)) ?? texts[0];
}

const sampleObject = ({ properties = {} }: Schema, texts: readonly string[], names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, sample(properties[name], texts)]));

/** What a route takes; where its schema does not say what fits, whichever text it takes. */
export function inputFor({ input }: AnyRoute, id: string, only: 'required' | 'all'): Record<string, unknown> {
  const schema = z.toJSONSchema(input, { io: 'input' }) as Schema;
  const names = only === 'all' ? Object.keys(schema['properties'] ?? {}) : ((schema['required'] ?? []) as string[]);
  const texts = [ines.aadObjectId, id, ...WELL_FORMED];
  const tries = texts.map((_first, at) => sampleObject(schema, [...texts.slice(at), ...texts], names));
  return tries.find((one) => input.safeParse(one).success) ?? tries[0] ?? {};
}

/** The same, once for each word of a closed list that a field may hold: each stage of a board, say. */
export function inputsFor(route: AnyRoute, id: string): Record<string, unknown>[] {
  const { properties = {} } = z.toJSONSchema(route.input, { io: 'input' }) as Schema;
  const least = inputFor(route, id, 'required');
  const choices = Object.entries(properties as Schema).flatMap(([name, { enum: words = [] }]) =>
    (words as unknown[]).map((word) => ({ ...least, [name]: word })),
  );
  return [least, ...choices];
}

/** The address of a route that reads, its input in path and query. */
export function addressOf({ path }: AnyRoute, input: Record<string, unknown>): string {
  const rest = { ...input };
  const filled = path.replaceAll(/:(\w+)/g, (_part, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return `${filled}?${query.toString()}`;
}
