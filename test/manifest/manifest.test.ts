import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commandOf, languages, wordFor } from '../../bot/cards/say.ts';
import { filled, type Names } from '../../manifest/package.ts';
import { VERSION, whatIsWrong } from '../../manifest/schema.ts';

interface Manifest {
  $schema: string;
  manifestVersion: string;
  id: string;
  developer: Record<string, string>;
  description: { short: string; full: string };
  icons: { color: string; outline: string };
  accentColor: string;
  defaultInstallScope: string;
  bots: { botId?: string; scopes: string[]; commandLists: { scopes: string[]; commands: Command[] }[] }[];
  staticTabs: { entityId: string; name?: string; scopes: string[]; contentUrl?: string }[];
  configurableTabs: { configurationUrl?: string; scopes: string[] }[];
  localizationInfo: { defaultLanguageTag?: string; additionalLanguages: { languageTag: string; file: string }[] };
  permissions: string[];
  validDomains: string[];
  webApplicationInfo: { id?: string; resource: string };
}
type Command = { title?: string; description: string };
type German = Record<string, string>;

const folder = new URL('../../manifest/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

const names: Names = {
  BOT_ID: '7e57b070-0000-4000-8000-000000000002',
  CLIENT_ID: '7e57de5c-0000-4000-8000-000000000003',
  RESOURCE: 'api://forthright.example/7e57de5c-0000-4000-8000-000000000003',
  DOMAIN: 'forthright.example',
};
const manifest = (): Manifest => JSON.parse(filled(names)) as Manifest;
const german = (): German => JSON.parse(read('de.json')) as German;
const bot = (of: Manifest) => of.bots[0]!;
const command = (of: Manifest) => bot(of).commandLists[0]!.commands[0]!;

describe('the Teams manifest', () => {
  it('holds the placeholders of the packaging step and no other', () => {
    const inTemplate = read('manifest.json').match(/\{\{.*?\}\}/g) ?? [];
    assert.deepEqual(new Set(inTemplate), new Set(Object.keys(names).map((name) => `{{${name}}}`)));
    assert.doesNotMatch(filled(names), /\{\{/);
  });

  it('is valid against Microsoft’s schema of the version that it names, and so is its German', () => {
    assert.deepEqual(whatIsWrong('manifest.json', manifest()), []);
    assert.deepEqual(whatIsWrong('de.json', german()), []);
    assert.equal(manifest().manifestVersion, VERSION);
    for (const { $schema } of [manifest(), german()]) assert.match($schema ?? '', new RegExp(`/teams/v${VERSION}/`));
  });

  const spoilt: [what: string, where: string, spoil: (broken: Manifest & Record<string, unknown>) => void][] = [
    ['another version', '/manifestVersion const', (broken) => (broken.manifestVersion = '1.27')],
    ['a field that nobody knows', ' additionalProperties', (broken) => (broken['secret'] = true)],
    ['an id that is none', '/id pattern', (broken) => (broken.id = 'forthright')],
    ['no privacy page', '/developer required', (broken) => delete broken.developer['privacyUrl']],
    [
      'terms that are no address',
      '/developer/termsOfUseUrl pattern',
      ({ developer }) => (developer['termsOfUseUrl'] = '/terms'),
    ],
    [
      'a short description that is too long',
      '/description/short maxLength',
      ({ description }) => (description.short = 'a'.repeat(81)),
    ],
    ['no colour icon', '/icons required', (broken) => delete (broken.icons as Partial<Manifest['icons']>).color],
    ['a colour by its name', '/accentColor pattern', (broken) => (broken.accentColor = 'teal')],
    [
      'an unknown scope to install in',
      '/defaultInstallScope enum',
      (broken) => (broken.defaultInstallScope = 'everywhere'),
    ],
    ['no bot id that is filled in', '/bots/0/botId pattern', (broken) => (bot(broken).botId = '{{BOT_ID}}')],
    [
      'a scope of the bot that Teams does not know',
      '/bots/0/scopes/2 enum',
      (broken) => bot(broken).scopes.push('everywhere'),
    ],
    ['two bots', '/bots maxItems', (broken) => broken.bots.push(bot(broken))],
    [
      'a command without a word',
      '/bots/0/commandLists/0/commands/0 required',
      (broken) => delete command(broken).title,
    ],
    [
      'thirteen commands',
      '/bots/0/commandLists/0/commands maxItems',
      (broken) => (bot(broken).commandLists[0]!.commands = Array.from({ length: 13 }, () => command(broken))),
    ],
    [
      'a tab in no scope of Teams',
      '/staticTabs/1/scopes/0 enum',
      ({ staticTabs }) => (staticTabs[1]!.scopes = ['desk']),
    ],
    [
      'a tab at no address',
      '/staticTabs/1/contentUrl pattern',
      ({ staticTabs }) => (staticTabs[1]!.contentUrl = '/tab/desk'),
    ],
    [
      'a tab for channels that is for one person',
      '/configurableTabs/0/scopes/0 enum',
      ({ configurableTabs }) => (configurableTabs[0]!.scopes = ['personal']),
    ],
    [
      'a tab for channels without its settings',
      '/configurableTabs/0 required',
      ({ configurableTabs }) => delete configurableTabs[0]!.configurationUrl,
    ],
    [
      'a sign-in without an application',
      '/webApplicationInfo required',
      ({ webApplicationInfo }) => delete webApplicationInfo.id,
    ],
    ['a permission that there is not', '/permissions/0 enum', (broken) => (broken.permissions = ['everything'])],
    [
      'a language that is none',
      '/localizationInfo/additionalLanguages/0/languageTag pattern',
      ({ localizationInfo }) => (localizationInfo.additionalLanguages[0]!.languageTag = 'plain German'),
    ],
    [
      'no language of its own',
      '/localizationInfo required',
      ({ localizationInfo }) => delete localizationInfo.defaultLanguageTag,
    ],
  ];
  for (const [what, where, spoil] of spoilt)
    it(`would not pass with ${what}`, () => {
      const broken = manifest() as Manifest & Record<string, unknown>;
      spoil(broken);
      assert.deepEqual(whatIsWrong('manifest.json', broken), [where]);
    });

  const spoiltGerman: [what: string, where: string, changed: German][] = [
    ['a name that is too long', '/name.short maxLength', { 'name.short': 'F'.repeat(31) }],
    ['an empty name', '/name.full pattern', { 'name.full': '' }],
    ['a short description that is too long', '/description.short maxLength', { 'description.short': 'a'.repeat(81) }],
    [
      'a word for a command that cannot be',
      ' additionalProperties',
      { 'bots[0].commandLists[0].commands[12].title': 'x' },
    ],
    ['words for a second bot', ' additionalProperties', { 'bots[1].commandLists[0].commands[0].title': 'x' }],
  ];
  for (const [what, where, changed] of spoiltGerman)
    it(`would not pass with ${what} in German`, () =>
      assert.deepEqual(whatIsWrong('de.json', { ...german(), ...changed }), [where]));

  it('offers the bot to a person and to a team, and in no group chat', () => {
    const { scopes, commandLists } = bot(manifest());
    assert.deepEqual(scopes, ['personal', 'team']);
    assert.deepEqual(
      commandLists.map((list) => list.scopes),
      [['personal'], ['team']],
    );
  });

  it('signs people in for the registration of the desk, which need not be the bot’s', () => {
    const { webApplicationInfo, bots, id } = manifest();
    assert.deepEqual(webApplicationInfo, { id: names.CLIENT_ID, resource: names.RESOURCE });
    assert.deepEqual([bots[0]?.botId, id], [names.BOT_ID, names.BOT_ID]);
  });

  it('opens on the conversation, and every page of it is of its own domain', () => {
    const { staticTabs, configurableTabs, validDomains, developer } = manifest();
    assert.deepEqual(
      staticTabs.map((tab) => tab.entityId),
      ['conversations', 'desk', 'how', 'about'],
    );
    const addresses = JSON.stringify([staticTabs, configurableTabs, developer]).match(/https:[^"]*/g) ?? [];
    assert.ok(addresses.length >= 8, 'the premise');
    assert.deepEqual([...new Set(addresses.map((address) => new URL(address).host))], validDomains);
  });

  it('asks a team for nothing: no permission on its messages or members', () => {
    assert.ok(!('authorization' in manifest()));
    assert.deepEqual(manifest().permissions, ['identity', 'messageTeamMembers']);
  });

  it('lists commands short enough for every Teams client, in both languages', () => {
    const words = german();
    for (const [list, { commands }] of bot(manifest()).commandLists.entries()) {
      // Schemas up to 1.20 set 32 characters for a title and 10 commands; later ones allow more than a menu can show.
      assert.ok(commands.length > 0 && commands.length <= 10);
      for (const [at, english] of commands.entries()) {
        const path = `bots[0].commandLists[${list}].commands[${at}]`;
        for (const { title = '', description = '' } of [
          english,
          { title: words[`${path}.title`], description: words[`${path}.description`] },
        ]) {
          assert.ok(title.length > 0 && title.length <= 32, `${path}: ${title}`);
          assert.ok(description.length > 0 && description.length <= 80, `${path}: ${description}`);
        }
      }
    }
  });

  it('names in each language the word that the bot understands, and says of itself', () => {
    const words = german();
    for (const [list, { commands }] of bot(manifest()).commandLists.entries())
      for (const [at, { title = '' }] of commands.entries()) {
        const meant = commandOf(title);
        assert.ok(meant !== undefined, title);
        assert.equal(title, wordFor(languages.get('en')!, meant));
        assert.equal(
          words[`bots[0].commandLists[${list}].commands[${at}].title`],
          wordFor(languages.get('de')!, meant),
        );
      }
  });

  it('has German words for all that a person reads, and for nothing else', () => {
    const { staticTabs, bots, localizationInfo } = manifest();
    const named = staticTabs.flatMap(({ name }, at) => (name === undefined ? [] : [`staticTabs[${at}].name`]));
    const typed = bots[0]!.commandLists.flatMap(({ commands }, list) =>
      commands.flatMap((_, at) =>
        ['title', 'description'].map((part) => `bots[0].commandLists[${list}].commands[${at}].${part}`),
      ),
    );
    const whole = ['$schema', 'name.short', 'name.full', 'description.short', 'description.full'];
    assert.deepEqual(Object.keys(german()).toSorted(), [...whole, ...named, ...typed].toSorted());
    assert.deepEqual(localizationInfo.additionalLanguages, [{ languageTag: 'de', file: 'de.json' }]);
  });

  it('says what cannot be hidden, and claims no more than that, in both languages', () => {
    const { short, full } = manifest().description;
    const { 'description.short': kurz = '', 'description.full': lang = '' } = german();
    assert.match(full, /Whoever controls this bot's code and keys could\. Microsoft 365 may record that you used it\./);
    assert.match(lang, /Wer über Code und Schlüssel dieses Bots verfügt, könnte es\. Microsoft 365 kann festhalten/);
    const claim =
      /untraceable|100 ?%|fully anonymous|completely anonymous|guarantee|völlig anonym|vollständig anonym|garantier/i;
    assert.doesNotMatch(`${short} ${full} ${kurz} ${lang}`, claim);
    for (const [one, all] of [
      [short, full],
      [kurz, lang],
    ] as const)
      assert.ok(!all.includes(one), 'Teams asks that the full description does not repeat the short one');
  });
});
