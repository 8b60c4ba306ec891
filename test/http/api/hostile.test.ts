import assert from 'node:assert/strict';
import type { Store } from '../../../bot/app/ports.ts';
import { rolesOf } from '../../../bot/domain/directory.ts';
import type { AnyRoute } from '../../../bot/http/api/route.ts';
import { routes } from '../../../bot/http/api/routes.ts';
import { openCosmos } from '../../../bot/store/cosmos.ts';
import { openSqlite } from '../../../bot/store/sqlite.ts';
import { type App, openApp } from '../../support/app.ts';
import { ana, devi, everyone, ines, kofi, omar, type Person } from '../../support/cast.ts';
import { bearer, type DeskApi, openDeskApi } from '../../support/desk-api.ts';
import { inputFor } from '../../support/inputs.ts';
import { seed } from '../../support/seeds.ts';
import { openAccount, type TestAccount } from '../../store/cosmos-account.ts';

/** What nobody's page sends. Sources: the OWASP testing guide, and the ids that Cosmos DB does not take. */
const HOSTILE: readonly unknown[] = [
  'a/b\\c?d#e',
  '../../etc/passwd',
  '\u0000\u202e\ufeff\ud800',
  "'; DROP TABLE questions; --",
  '${7*7}{{constructor}}<script>alert(1)</script>',
  '=cmd|calc!A1',
  'x'.repeat(100_001),
  '',
  -1,
  1e308,
  null,
  true,
  ['a', ['b']],
  { $gt: '', __proto__: { isAdmin: true } },
];

const ROLES = { leader: ines, delegate: devi, curator: kofi, admin: ana } as const;
const whoMay = ({ may }: AnyRoute): Person => (may === 'everyone' ? omar : ROLES[may[0] ?? 'admin']);

/** Sends one request to a route, its input split as a page would. */
async function call(desk: DeskApi, route: AnyRoute, who: Person, input: Record<string, unknown>) {
  const rest = { ...input };
  const path = route.path.replaceAll(/:(\w+)/g, (_part, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value).toWellFormed().slice(0, 2000)) || '%20';
  });
  desk.passes(60_000);
  const headers = bearer(desk.token(who));
  if (route.method !== 'get')
    return desk.send(path, {
      method: route.method.toUpperCase(),
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(rest),
    });
  const given = Object.entries(rest).map(([name, value]): [string, string] => [
    name,
    String(value).toWellFormed().slice(0, 4000),
  ]);
  return desk.send(`${path}?${new URLSearchParams(given).toString()}`, { headers });
}

for (const [kind, hostile] of [
  ['SQLite', HOSTILE],
  ['Cosmos DB', HOSTILE.slice(0, 3)],
] as const)
  describe(`The routes of the desk, on ${kind}`, function () {
    this.timeout(60_000);
    let account: TestAccount | undefined;
    let app: App;
    let desk: DeskApi;
    let id: string;
    before(async () => {
      let store: Store = openSqlite(':memory:');
      if (kind === 'Cosmos DB') {
        account = await openAccount();
        ({ store } = await openCosmos(account.account));
      }
      app = await openApp(store);
      desk = await openDeskApi(app);
      id = await seed(app.deps, 'https://smba.trafficmanager.net/amer/', { words: 'Why is the lift broken?' });
    });
    after(async () => {
      await desk.stop();
      await app.close();
      await account?.close();
    });

    for (const route of routes as readonly AnyRoute[]) {
      it(`${route.method} ${route.path} breaks on nothing that is sent`, async () => {
        const who = whoMay(route);
        const input = inputFor(route, id, 'all');
        const changed = (name: string) => hostile.map((value) => ({ ...input, [name]: value }));
        const tries = [input, {}, ...Object.keys(input).flatMap(changed)];
        if (route.method === 'get')
          assert.notEqual(
            (await call(desk, route, who, inputFor(route, id, 'required'))).status,
            400,
            'the premise: the route is understood',
          );
        for (const sent of tries) {
          app.faults.length = 0;
          const { status } = await call(desk, route, who, sent);
          const what = `${status} for ${JSON.stringify(sent).slice(0, 300)}: ${String(app.faults[0])}`;
          assert.ok([200, 400, 403, 404, 409, 422].includes(status), what);
        }
      });

      const { may } = route;
      if (may !== 'everyone')
        it(`${route.method} ${route.path} is for ${may.join(', ')} alone`, async () => {
          for (const who of everyone) {
            const isOne = may.some((role) => rolesOf(app.directory, who.aadObjectId).includes(role));
            const { status, body } = await call(desk, route, who, inputFor(route, id, 'required'));
            assert.equal(status === 403 && body.refused === 'role', !isOne, `${who.name}: ${status}`);
          }
        });
    }
  });
