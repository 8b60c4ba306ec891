import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { useFolder } from '../support/folder.ts';

const root = join(import.meta.dirname, '../..');
const CLIENT = 'de5c0247-3333-4444-8555-fab21ca0b075';
const { hooks } = parse(readFileSync(join(root, 'azure.yaml'), 'utf8')) as {
  hooks: { postprovision: { posix: { shell: string; run: string } } };
};

const said = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

describe('azure.yaml, between provisioning and the deployment', function () {
  if (process.platform === 'win32') return;
  const folder = useFolder();

  /** Runs the hook as azd does, with stand-ins for both of Azure's command lines. */
  function run(audience: string, az: string): { status: number | null; azd: string; az: string } {
    const [azCalls, azdCalls] = [folder.file('az-calls'), folder.file('azd-calls')];
    writeFileSync(folder.file('az'), `#!/bin/sh\necho "$*" >>"$AZ_CALLS"\n${az}\n`, { mode: 0o755 });
    writeFileSync(folder.file('azd'), '#!/bin/sh\necho "$*" >>"$AZD_CALLS"\n', { mode: 0o755 });
    const env = {
      PATH: `${folder.path}${delimiter}${process.env['PATH']}`,
      AZ_CALLS: azCalls,
      AZD_CALLS: azdCalls,
      FORTHRIGHT_TAB_AUDIENCE: audience,
      publicUrl: 'https://forthright.calm-hill.westeurope.azurecontainerapps.io',
    };
    const { shell, run } = hooks.postprovision.posix;
    const { status } = spawnSync(shell, ['-c', run], { cwd: root, env, encoding: 'utf8' });
    return { status, azd: said(azdCalls), az: said(azCalls) };
  }

  it('registers the desk under the host that Azure gave, and hands its id on', () => {
    const { status, azd, az } = run('', `echo ${CLIENT}`);
    assert.equal(status, 0);
    assert.equal(azd, `env set FORTHRIGHT_TAB_AUDIENCE ${CLIENT}\n`);
    assert.match(az, /api:\/\/forthright\.calm-hill\.westeurope\.azurecontainerapps\.io\//);
  });

  it('registers nothing where somebody did', () => {
    assert.deepEqual(run(CLIENT, `echo ${CLIENT}`), { status: 0, azd: '', az: '' });
  });

  it('ends, and hands nothing on, where it may not register', () => {
    const { status, azd } = run('', 'exit 1');
    assert.notEqual(status, 0);
    assert.equal(azd, '');
  });
});
