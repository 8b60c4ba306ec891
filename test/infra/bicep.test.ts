import { parse } from 'yaml';
import { bicepOf, declaredIn, type Files, holds, textOf } from '../support/infra.ts';

/** No compiler is at hand: what it would say first is said here. */
describe('The Bicep files', () => {
  holds('are the language', (files) => all(files, ({ errors }) => errors), [
    ['a bracket that is missing', 'infra/vault.bicep', 'dataActions: [', 'dataActions:'],
    ['a comma that is missing', 'infra/apps.bicep', "roleDefinitions',", "roleDefinitions'"],
    ['a quote that is missing', 'infra/teams.bicep', "kind: 'azurebot'", "kind: 'azurebot"],
  ]);

  holds(
    'use every name that they declare',
    (files) =>
      all(files, ({ declared, used }) =>
        declared
          .filter(({ kind, isExisting }) => kind === 'param' || kind === 'var' || isExisting)
          .filter(({ name }) => !used.has(name))
          .map(({ name }) => name),
      ),
    [
      [
        'a parameter of nothing',
        'infra/share.bicep',
        'param location string',
        'param location string\nparam owner string',
      ],
      [
        'something found and not used',
        'infra/bot.bicep',
        'vault.properties.vaultUri',
        "'https://other.vault.azure.net/'",
      ],
    ],
  );

  holds(
    'declare every name that they use, once',
    (files) =>
      all(files, ({ declared, used, local }) => {
        const values = declared.filter(({ kind }) => kind !== 'output').map(({ name }) => name);
        const unknown = [...used.keys()].filter((name) => !values.includes(name) && !local.has(name));
        return [...unknown, ...values.filter((name, place) => values.indexOf(name) !== place)];
      }),
    [
      ['a slip in a name', 'infra/cosmos.bicep', 'principalId: principalId', 'principalId: principal'],
      [
        'a name that stands there twice',
        'infra/bot.bicep',
        'var figuresPort = 9464',
        'var figuresPort = 9464\nvar port = 1',
      ],
    ],
  );

  holds(
    'name each resource by a stable, dated version of its API',
    (files) =>
      declaredIn(files)
        .filter(({ kind }) => kind === 'resource')
        .filter(({ of }) => !isDated(of))
        .map(({ of }) => of),
    [
      ['one without a date', 'infra/vault.bicep', 'vaults@2023-07-01', 'vaults@latest'],
      ['one of a preview', 'infra/bot.bicep', 'containerApps@2025-01-01', 'containerApps@2025-02-02-preview'],
    ],
  );

  holds('hand every module what it takes, and take what it gives', (files) => [...handed(files), ...taken(files)], [
    ['what is not handed on', 'infra/main.bicep', 'email: alertEmail', ''],
    ['what nobody takes', 'infra/main.bicep', 'email: alertEmail', 'email: alertEmail\n    phone: alertEmail'],
    ['an output that is none', 'infra/main.bicep', 'share.outputs.path', 'share.outputs.folder'],
    ['a module that is none', 'infra/vault.bicep', "'endpoint.bicep'", "'endpoints.bicep'"],
  ]);

  holds('find by the names that main.bicep gave, what bot.bicep stands on', found, [
    ['another identity', 'infra/bot.bicep', "existing = {\n  name: 'forthright'", "existing = {\n  name: 'other'"],
    ['another version of an API', 'infra/bot.bicep', 'vaults@2023-07-01', 'vaults@2022-07-01'],
  ]);

  holds('take what the parameter files hand them', parameters, [
    ['what is no parameter', 'infra/bot.parameters.json', '"appealTo"', '"appeal"'],
    ['what is asked for and missing', 'infra/bot.parameters.json', '"directory"', '"admin"'],
    ['what a file gives that deploys without asking', 'infra/main.parameters.json', '"alertEmail"', '"throughput"'],
  ]);

  holds('are what azure.yaml deploys', azd, [
    ['a service without a Bicep file of its name', 'azure.yaml', '  bot:', '  forthright:'],
    ['a file that is no YAML', 'azure.yaml', 'services:', 'services: ['],
    ['another kind of host', 'azure.yaml', 'containerapp', 'appservice'],
  ]);
});

/** Diagnostic settings have had no other version for five years: Microsoft's own templates name this one. */
const isDated = (of: string): boolean =>
  /@\d{4}-\d{2}-\d{2}$/.test(of) || of === 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview';

type Read = ReturnType<typeof bicepOf> extends Map<string, infer One> ? One : never;
const all = (files: Files, rule: (one: Read) => string[]): string[] =>
  [...bicepOf(files)].flatMap(([file, one]) => rule(one).map((fault) => `${file}: ${fault}`));

const modulesIn = (files: Files) => declaredIn(files).filter(({ kind }) => kind === 'module');
const of = (files: Files, file: string, kind: 'param' | 'output') =>
  declaredIn(files).filter((one) => one.file === file && one.kind === kind);

function handed(files: Files): string[] {
  return modulesIn(files).flatMap(({ name, of: file, value }) => {
    if (!files.has(`infra/${file}`)) return [`${file} is none`];
    const given = Object.keys((value as { params?: object }).params ?? {});
    return differs(given, of(files, file, 'param')).map((fault) => `${name}: ${fault}`);
  });
}

/** What is given and not taken, and what is taken and not given. */
function differs(given: string[], params: { name: string; hasDefault: boolean }[]): string[] {
  const strange = given.filter((name) => !params.some((param) => param.name === name));
  const missing = params.filter(({ name, hasDefault }) => !hasDefault && !given.includes(name));
  return [...strange.map((name) => `${name} is none`), ...missing.map(({ name }) => `${name} is missing`)];
}

function taken(files: Files): string[] {
  return modulesIn(files).flatMap(({ name, of: file, file: within }) => {
    const outputs = new Set(of(files, file, 'output').map((one) => one.name));
    const uses = textOf(files, `infra/${within}`).matchAll(new RegExp(`\\b${name}\\.outputs\\.(\\w+)`, 'g'));
    return [...uses].map(([, use = '']) => use).filter((use) => !outputs.has(use));
  });
}

/** Where bot.bicep looks for each thing, and by which version of its API, main.bicep and its modules made it. */
function found(files: Files): string[] {
  const resources = declaredIn(files).filter(({ kind }) => kind === 'resource');
  const wanted = resources.filter(({ file, isExisting }) => file === 'bot.bicep' && isExisting);
  return wanted
    .filter(
      ({ of, text }) =>
        !resources.some((made) => !made.isExisting && made.of === of && nameIn(made.text) === nameIn(text)),
    )
    .map(({ of }) => of);
}

/** Modules are handed as `name` what main.bicep and bot.bicep call unique. */
const nameIn = (text: string): string => /\n {2}name: (.*)/.exec(text)?.[1]?.replace(/^unique$/, 'name') ?? '';

function parameters(files: Files): string[] {
  return ['main', 'bot'].flatMap((file) => {
    const { parameters } = JSON.parse(textOf(files, `infra/${file}.parameters.json`)) as { parameters: object };
    return differs(Object.keys(parameters), of(files, `${file}.bicep`, 'param'));
  });
}

function azd(files: Files): string[] {
  const text = textOf(files, 'azure.yaml');
  const read = attempt(() => parse(text) as Azd);
  if (!read) return ['azure.yaml is no YAML'];
  const { infra, services } = read;
  const named = [infra.module, ...Object.keys(services)];
  const missing = named.filter((name) => !files.has(`${infra.path}/${name}.bicep`));
  const hosts = Object.values(services).filter(({ host }) => host !== 'containerapp');
  return [...missing, ...hosts.map(({ host }) => host)];
}

interface Azd {
  infra: { path: string; module: string };
  services: Record<string, { host: string }>;
}

function attempt<R>(act: () => R): R | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
