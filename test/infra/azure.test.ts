import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { CONTAINERS, NAMES } from '../../bot/store/cosmos-containers.ts';
import { toRequest } from '../../bot/store/cosmos-client.ts';
import { at, Expression, textAt, type Value } from '../support/bicep.ts';
import { bicepOf, declaredIn, type Files, holds, resourceOf, textOf } from '../support/infra.ts';

describe('What is set up in Azure', () => {
  holds('has the containers that the bot wants: names, partition keys, indexes, ends', containers, [
    ['a container less', 'infra/containers.json', '"id": "seals"', '"id": "seal"'],
    ['another partition key', 'infra/containers.json', '"/partition"', '"/leader"'],
    ['an index less', 'infra/containers.json', '"/stage/?"', '"/state/?"'],
    ['an order the other way', 'infra/containers.json', '"descending"', '"ascending"'],
    ['rows that stay', 'infra/containers.json', '"defaultTtl": 90000', '"defaultTtl": -1'],
    ['other values that stand once', 'infra/containers.json', '"/mark"', '"/epoch"'],
    ['containers from elsewhere', 'infra/cosmos.bicep', "loadJsonContent('containers.json')", '[]'],
    ['another database', 'infra/cosmos.bicep', "name: 'forthright'\n  properties", "name: 'other'\n  properties"],
  ]);

  holds('has no account keys, and backups of seven days', (files) => cosmos(resourceOf(files, ACCOUNT).value), [
    ['keys', 'infra/cosmos.bicep', 'disableLocalAuth: true', 'disableLocalAuth: false'],
    ['backups of thirty days', 'infra/cosmos.bicep', 'Continuous7Days', 'Continuous30Days'],
    ['backups now and then', 'infra/cosmos.bicep', "type: 'Continuous'", "type: 'Periodic'"],
    ['the whole internet', 'infra/cosmos.bicep', "publicNetworkAccess: 'Disabled'", "publicNetworkAccess: 'Enabled'"],
  ]);

  holds('lets a destroyed key be destroyed', (files) => vault(resourceOf(files, 'Microsoft.KeyVault/vaults').value), [
    [
      'protection from purging',
      'infra/vault.bicep',
      'enableSoftDelete: true',
      'enableSoftDelete: true\n    enablePurgeProtection: true',
    ],
    [
      'keys that can be recovered for long',
      'infra/vault.bicep',
      'softDeleteRetentionInDays: 7',
      'softDeleteRetentionInDays: 90',
    ],
    ['the whole internet', 'infra/vault.bicep', "publicNetworkAccess: 'Disabled'", "publicNetworkAccess: 'Enabled'"],
    ['access policies', 'infra/vault.bicep', 'enableRbacAuthorization: true', 'enableRbacAuthorization: false'],
  ]);

  holds('records nothing that tells who asked', recorded, [
    ['each read and write', 'infra/cosmos.bicep', "'ControlPlaneRequests'", "'DataPlaneRequests'"],
    ['ids of Seals', 'infra/cosmos.bicep', "'ControlPlaneRequests'", "'PartitionKeyRUConsumption'"],
    ['whatever Azure adds', 'infra/cosmos.bicep', "category: 'ControlPlaneRequests'", "categoryGroup: 'allLogs'"],
    ['addresses and paths', 'infra/apps.bicep', "'ContainerAppSystemLogs'", "'ContainerAppHTTPLogs'"],
    ['the environment’s own way', 'infra/apps.bicep', "destination: 'azure-monitor'", "destination: 'log-analytics'"],
    [
      'figures by the minute',
      'infra/cosmos.bicep',
      'logs: [{',
      "metrics: [{ category: 'Requests', enabled: true }]\n    logs: [{",
    ],
    [
      'what is said to the bot',
      'infra/teams.bicep',
      "displayName: 'Forthright'",
      "displayName: 'Forthright'\n    developerAppInsightKey: 'x'",
    ],
  ]);

  holds('gives the bot’s identity what README.md says, and nobody anything else', rights, [
    [
      'a right that README.md does not know',
      'infra/apps.bicep',
      '7f951dda-4ed3-4680-a7ca-43fe172d538d',
      '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    ],
    [
      'a wider role in the database',
      'infra/cosmos.bicep',
      '00000000-0000-0000-0000-000000000002',
      '00000000-0000-0000-0000-000000000003',
    ],
    [
      'a copy of a key',
      'infra/vault.bicep',
      "keys/read'",
      "keys/read'\n          'Microsoft.KeyVault/vaults/keys/backup/action'",
    ],
    ['every right to keys', 'infra/vault.bicep', 'keys/wrap/action', 'keys/*'],
    [
      'the right to purge, taken away',
      'infra/vault.bicep',
      "          'Microsoft.KeyVault/vaults/keys/purge/action'\n",
      '',
    ],
    ['somebody else', 'infra/vault.bicep', 'principalId: principalId\n', "principalId: 'somebody'\n"],
    [
      'a wider scope',
      'infra/vault.bicep',
      'scope: vault\n  name: guid(vault.id, principalId',
      'name: guid(vault.id, principalId',
    ],
    ['an administrator of the registry', 'infra/apps.bicep', 'adminUserEnabled: false', 'adminUserEnabled: true'],
  ]);

  holds('keeps the key file on a share that is NFS and private, and can be had back', share, [
    [
      'SMB, over which the key file cannot be replaced',
      'infra/share.bicep',
      "enabledProtocols: 'NFS'",
      "enabledProtocols: 'SMB'",
    ],
    [
      'a share that anybody reaches',
      'infra/share.bicep',
      "publicNetworkAccess: 'Disabled'",
      "publicNetworkAccess: 'Enabled'",
    ],
    ['account keys', 'infra/share.bicep', 'allowSharedKeyAccess: false', 'allowSharedKeyAccess: true'],
    ['a share that is gone at a slip', 'infra/share.bicep', 'enabled: true', 'enabled: false'],
    ['a mount of another kind', 'infra/bot.bicep', "'NfsAzureFile'", "'AzureFile'"],
  ]);

  holds(
    'gives database, vault and share addresses within the network, under the names that Azure looks for',
    endpoints,
    [
      ['another part of the account', 'infra/cosmos.bicep', "group: 'Sql'", "group: 'MongoDB'"],
      [
        'a zone in which nobody looks',
        'infra/vault.bicep',
        'privatelink.vaultcore.azure.net',
        'privatelink.vault.azure.net',
      ],
      ['an address of something else', 'infra/share.bicep', 'targetId: storage.id', 'targetId: networkId'],
      [
        'a zone of no network',
        'infra/endpoint.bicep',
        'virtualNetwork: { id: networkId }',
        'virtualNetwork: { id: endpointsId }',
      ],
    ],
  );

  holds('has no secret that could be read where it stands', secrets, [
    [
      'a key that is asked for',
      'infra/apps.bicep',
      'sku: { name: ',
      'other: registry.listCredentials().username\n  sku: { name: ',
    ],
    ['names of people in the history of deployments', 'infra/bot.bicep', '@secure()\n', ''],
    ['names of people in the environment', 'infra/bot.bicep', 'value: appealTo', 'value: base64ToString(directory)'],
    [
      'a secret as an output',
      'infra/bot.bicep',
      "output publicUrl string = '",
      "output publicUrl string = '${directory}",
    ],
  ]);
});

const ACCOUNT = 'Microsoft.DocumentDB/databaseAccounts';

/** Says which of these are not so. */
const unless = (holding: Record<string, boolean>): string[] =>
  Object.keys(holding).filter((name) => holding[name] !== true);

function containers(files: Files): string[] {
  const wanted = NAMES.map((name) => toRequest(name, CONTAINERS[name]));
  const stand = JSON.parse(textOf(files, 'infra/containers.json')) as { id: string }[];
  const other = wanted.filter((one) => !stand.some((two) => isDeepStrictEqual(two, one)));
  const database = resourceOf(files, `${ACCOUNT}/sqlDatabases`).value;
  return [
    ...other.map(({ id }) => `${id}: write it again, by node infra/containers.ts`),
    ...unless({
      'as many': stand.length === wanted.length,
      'are loaded': resourceOf(files, `${ACCOUNT}/sqlDatabases/containers`).text.includes(
        "in loadJsonContent('containers.json')",
      ),
      'in the database that bot.bicep names':
        at(database, 'name') === 'forthright' && at(database, 'properties', 'resource', 'id') === 'forthright',
    }),
  ];
}

function cosmos(account: Value): string[] {
  const properties = at(account, 'properties');
  return unless({
    'no keys': at(properties, 'disableLocalAuth') === true,
    continuous: at(properties, 'backupPolicy', 'type') === 'Continuous',
    'seven days': at(properties, 'backupPolicy', 'continuousModeProperties', 'tier') === 'Continuous7Days',
    closed: at(properties, 'publicNetworkAccess') === 'Disabled',
  });
}

function vault(value: Value): string[] {
  const properties = at(value, 'properties');
  return unless({
    purgeable: at(properties, 'enablePurgeProtection') === undefined,
    'seven days': at(properties, 'softDeleteRetentionInDays') === 7,
    closed: at(properties, 'publicNetworkAccess') === 'Disabled',
    'by roles': at(properties, 'enableRbacAuthorization') === true,
  });
}

/** Every category that may be recorded; each stands with its reason in the file that switches it on. */
const RECORDED = ['AuditEvent', 'ContainerAppConsoleLogs', 'ContainerAppSystemLogs', 'ControlPlaneRequests'];

function recorded(files: Files): string[] {
  const settings = declaredIn(files).filter(({ of }) => of.startsWith('Microsoft.Insights/diagnosticSettings@'));
  const logs = settings.flatMap(({ value }) => (at(value, 'properties', 'logs') ?? []) as Value[]);
  const named = logs.map((log) => textAt(log, 'category')).toSorted();
  const bot = at(resourceOf(files, 'Microsoft.BotService/botServices').value, 'properties') as object;
  const apps = resourceOf(files, 'Microsoft.App/managedEnvironments').value;
  return unless({
    'these alone': isDeepStrictEqual(named, RECORDED),
    'no metrics': settings.every(({ value }) => at(value, 'properties', 'metrics') === undefined),
    'no insights': Object.keys(bot).every((key) => !key.startsWith('developerAppInsight')),
    'by diagnostic settings': at(apps, 'properties', 'appLogsConfiguration', 'destination') === 'azure-monitor',
  });
}

const KEEPS = ['read', 'create/action', 'wrap/action', 'unwrap/action', 'delete', 'purge/action'];

function rights(files: Files): string[] {
  const given = declaredIn(files).filter(({ of }) => /\/(sqlRoleAssignments|roleAssignments)@/.test(of));
  const roles = given.map(({ value }) => roleOf(at(value, 'properties', 'roleDefinitionId'))).toSorted();
  const keeper = resourceOf(files, 'Microsoft.Authorization/roleDefinitions').value;
  const readme = textOf(files, 'infra/README.md');
  return unless({
    'these roles alone': isDeepStrictEqual(roles, Object.keys(ROLES).toSorted()),
    'told by README.md': Object.values(ROLES).every((name) => readme.includes(`_${name}_`)),
    'of keys no more': isDeepStrictEqual(
      at(keeper, 'properties', 'permissions', 0, 'dataActions'),
      KEEPS.map((one) => `Microsoft.KeyVault/vaults/keys/${one}`),
    ),
    'of nothing else': isDeepStrictEqual(at(keeper, 'properties', 'permissions', 0, 'actions'), []),
    'to the bot': given.every(({ value }) =>
      isDeepStrictEqual(at(value, 'properties', 'principalId'), new Expression('principalId')),
    ),
    'of one thing': given.every(
      ({ value }) => at(value, 'scope') instanceof Expression || at(value, 'properties', 'scope') instanceof Expression,
    ),
    'no administrator':
      at(resourceOf(files, 'Microsoft.ContainerRegistry/registries').value, 'properties', 'adminUserEnabled') === false,
  });
}

const ROLES: Record<string, string> = {
  '7f951dda-4ed3-4680-a7ca-43fe172d538d': 'AcrPull',
  '00000000-0000-0000-0000-000000000002': 'Cosmos DB Built-in Data Contributor',
  'keeper.id': 'Forthright key keeper',
};

const roleOf = (value: Value | undefined): string => {
  assert.ok(value instanceof Expression, 'the premise: a role is found');
  return /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(value.text)?.[0] ?? value.text;
};

function share(files: Files): string[] {
  const storage = at(resourceOf(files, 'Microsoft.Storage/storageAccounts').value, 'properties');
  const kept = at(resourceOf(files, 'Microsoft.Storage/storageAccounts/fileServices').value, 'properties');
  const folder = at(resourceOf(files, 'Microsoft.Storage/storageAccounts/fileServices/shares').value, 'properties');
  const bot = at(resourceOf(files, 'Microsoft.App/containerApps').value, 'properties', 'template', 'volumes');
  return unless({
    nfs: at(folder, 'enabledProtocols') === 'NFS' && at(bot, 0, 'storageType') === 'NfsAzureFile',
    private: at(storage, 'publicNetworkAccess') === 'Disabled',
    'no keys': at(storage, 'allowSharedKeyAccess') === false,
    'seven days': at(kept, 'shareDeleteRetentionPolicy', 'enabled') === true,
  });
}

/** Source: Microsoft, "Azure Private Endpoint private DNS zone values". */
const ENDPOINTS = [
  'account.id, Sql, privatelink.documents.azure.com',
  'storage.id, file, zone',
  'vault.id, vault, privatelink.vaultcore.azure.net',
];

function endpoints(files: Files): string[] {
  const made = declaredIn(files).filter(({ of }) => of === 'endpoint.bicep');
  const named = made.map(({ value }) => {
    const params = ['targetId', 'group', 'zone'].map((name) => at(value, 'params', name));
    return params.map((one) => (one instanceof Expression ? one.text : textAt(one))).join(', ');
  });
  return unless({
    'these three': isDeepStrictEqual(named.toSorted(), ENDPOINTS),
    'found in the network': /virtualNetwork: \{ id: networkId \}/.test(textOf(files, 'infra/endpoint.bicep')),
    'named by Azure': textOf(files, 'infra/share.bicep').includes(
      "var zone = 'privatelink.file.${environment().suffixes.storage}'",
    ),
  });
}

/** What hands out a key of a resource. */
const HANDS_OUT = /\blist[A-Z]\w*\(|\b(sharedKey|connectionString|primaryKey)/i;
const SECRET_PLACE = /^\s*secrets: \[\{ name: 'directory', value: base64ToString\(directory\) \}\]$/gm;

function secrets(files: Files): string[] {
  const asked = [...files]
    .filter(([path, text]) => path.endsWith('.bicep') && HANDS_OUT.test(text))
    .map(([path]) => path);
  const bot = bicepOf(files).get('bot.bicep');
  const directory = bot?.declared.find(({ name }) => name === 'directory');
  const places = textOf(files, 'infra/bot.bicep').match(SECRET_PLACE) ?? [];
  return [
    ...asked,
    ...unless({
      'the directory is secure': directory?.isSecure === true,
      'and stands among the secrets alone': places.length === 1 && bot?.used.get('directory') === 1,
    }),
  ];
}
