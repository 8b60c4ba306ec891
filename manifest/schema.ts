/** Microsoft's schemas of the app's files, in the version that manifest.json names, as @microsoft/app-manifest carries them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ajv, { type ValidateFunction } from 'ajv-draft-04';
import formats from 'ajv-formats';

/**
 * The newest version that Microsoft lists as generally available, and Teams takes in uploads (Microsoft, "Microsoft 365 app
 * manifest schema reference", "All generally available versions": 1.28, May 2026; 1.29 stood there in preview). Nothing of a later
 * one is used here.
 */
export const VERSION = '1.28';

const SCHEMAS = {
  'manifest.json': 'MicrosoftTeams.schema.json',
  'de.json': 'MicrosoftTeams.Localization.schema.json',
};

function compile(schema: string): ValidateFunction {
  const file = `@microsoft/app-manifest/build/json-schemas/teams/v${VERSION}/${schema}`;
  const text = readFileSync(createRequire(import.meta.url).resolve(file), 'utf8');
  // Some of Microsoft's patterns are none by the stricter rules of Unicode.
  const checker = new ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(checker, ['uri', 'email', 'regex']);
  // JavaScript's regular expressions have no \a, the bell.
  return checker.compile(JSON.parse(text.replaceAll(String.raw`\\a`, String.raw`\\u0007`)) as object);
}

const compiled = new Map<string, ValidateFunction>();

/** Where a file does not hold to its schema, and which rule: `/bots/0/botId pattern`. */
export function whatIsWrong(file: keyof typeof SCHEMAS, content: unknown): string[] {
  const validate = compiled.get(file) ?? compile(SCHEMAS[file]);
  compiled.set(file, validate);
  validate(content);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}
