import assert from 'node:assert/strict';
import { isLoopback, regionOf, urlOf } from '../../bot/domain/region.ts';
import { TENANT } from '../support/cast.ts';

describe('the region of a service URL', () => {
  for (const region of ['amer', 'emea', 'apac', 'teams'] as const) {
    it(`${region} is told by the path, with or without a tenant behind it, and leads back`, () => {
      const url = `https://smba.trafficmanager.net/${region}/`;
      for (const told of [url, url.slice(0, -1), `${url}${TENANT.id}/`, url.toUpperCase()])
        assert.equal(regionOf(told), region, told);
      assert.equal(urlOf(region), url);
    });
  }

  it('that is newer than the list is reached by the global address of its cloud', () => {
    for (const path of ['', 'in/', 'mars/x', '../amerika'])
      assert.equal(regionOf(`https://smba.trafficmanager.net/${path}`), 'teams', path);
  });

  it('keeps government clouds apart', () => {
    const hosts = { gcc: 'gcc.teams.microsoft.com', gov: 'gov.teams.microsoft.us', dod: 'dod.teams.microsoft.us' };
    for (const [region, host] of Object.entries(hosts)) {
      assert.equal(regionOf(`https://smba.infra.${host}/amer/`), region);
      assert.equal(urlOf(region), `https://smba.infra.${host}/teams/`);
    }
  });

  for (const url of [
    'http://smba.trafficmanager.net/amer/',
    'https://smba.trafficmanager.net:8443/amer/',
    'https://amer@smba.trafficmanager.net/amer/',
    'https://smba.trafficmanager.net.evil.example/amer/',
    'https://evil.example/smba.trafficmanager.net/amer/',
    'https://169.254.169.254/amer/',
    'http://127.0.0.1:3978/',
    'amer',
    '',
  ])
    it(`is none for ${url || 'nothing'}`, () => assert.equal(regionOf(url), undefined));

  it('has no address where its code is none, nor a name that objects have', () => {
    for (const code of ['', 'AMER', 'constructor', '__proto__', 'https://smba.trafficmanager.net/amer/'])
      assert.equal(urlOf(code), undefined);
  });
});

describe('this machine itself', () => {
  it('is told by its host alone', () => {
    for (const url of ['http://127.0.0.1:5000/a', 'http://localhost/', 'http://[::1]:80'])
      assert.ok(isLoopback(url), url);
    for (const url of ['http://127.0.0.1.evil.example/', 'http://x@127.0.0.1/', 'http://192.0.2.1/', 'localhost', ''])
      assert.ok(!isLoopback(url), url);
  });
});
