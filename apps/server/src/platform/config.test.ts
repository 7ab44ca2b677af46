import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Config, localUrlOf, readConfig } from './config.ts';

const configOf = (environment: Record<string, string>): Config => {
  const read = readConfig(environment);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
};
const problemsOf = (environment: Record<string, string>) => {
  const read = readConfig(environment);
  return read.ok ? [] : read.problems;
};

describe('the configuration', () => {
  test('has a good value for everything that is not said', () => {
    const { dataFolder, ...rest } = configOf({});
    expect(dataFolder.endsWith('/data')).toBe(true);
    expect(rest).toEqual({
      port: 3000,
      host: '0.0.0.0',
      publicUrl: 'http://localhost:3000',
      databaseUrl: null,
      secretKey: null,
      demo: null,
      ownerEmail: null,
      ownerPassword: null,
      apiToken: null,
      apnsUrl: null,
      apnsCaFile: null,
      smsRuUrl: null,
      googleUrl: null,
      webPushUrl: null,
      walletRelaysUrl: null,
      logLevel: 'info',
    });
  });

  test('takes an empty value for none: a compose file passes on what is not set', () => {
    const names = ['PORT', 'HOST', 'PUBLIC_URL', 'DATABASE_URL', 'TESSERA_SECRET_KEY', 'TESSERA_DEMO', 'APNS_CA_FILE'];
    expect(configOf(Object.fromEntries(names.map((name) => [name, ' '])))).toEqual(configOf({}));
  });

  test.each([
    ['0.0.0.0', 'http://127.0.0.1:8080'],
    ['::', 'http://[::1]:8080'],
    ['10.0.0.5', 'http://10.0.0.5:8080'],
    ['fd00::5', 'http://[fd00::5]:8080'],
    ['cards.local', 'http://cards.local:8080'],
  ])('knows where a server that listens on %s is reached from here', (host, url) => {
    expect(localUrlOf({ host, port: 8080 })).toBe(url);
  });

  test('reads every name', () => {
    const ca = join(mkdtempSync(join(tmpdir(), 'tessera-config-')), 'ca.pem');
    writeFileSync(ca, rootCertificates[0]!);
    const config = configOf({
      PORT: '8080',
      HOST: '127.0.0.1',
      PUBLIC_URL: 'https://cards.example.com/',
      TESSERA_DATA_DIR: '/var/lib/somewhere',
      DATABASE_URL: 'postgres://tessera:a%23b@db:5432/tessera',
      TESSERA_SECRET_KEY: 'ab'.repeat(32),
      TESSERA_DEMO: '0',
      TESSERA_OWNER_EMAIL: 'Owner@Example.com',
      TESSERA_OWNER_PASSWORD: 'long enough',
      TESSERA_API_TOKEN: '0123456789abcdef',
      APNS_URL: 'https://api.push.apple.com',
      APNS_CA_FILE: ca,
      SMS_RU_URL: 'https://sms.ru/',
      GOOGLE_URL: 'http://127.0.0.1:8026/',
      WEB_PUSH_URL: 'http://127.0.0.1:8028',
      WALLET_RELAYS_URL: 'http://127.0.0.1:8027',
      TESSERA_LOG_LEVEL: 'warn',
    });
    expect(config).toEqual({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: 'https://cards.example.com',
      dataFolder: '/var/lib/somewhere',
      databaseUrl: 'postgres://tessera:a%23b@db:5432/tessera',
      secretKey: Buffer.alloc(32, 0xab),
      demo: false,
      ownerEmail: 'owner@example.com',
      ownerPassword: 'long enough',
      apiToken: '0123456789abcdef',
      apnsUrl: 'https://api.push.apple.com',
      apnsCaFile: ca,
      smsRuUrl: 'https://sms.ru',
      googleUrl: 'http://127.0.0.1:8026',
      webPushUrl: 'http://127.0.0.1:8028',
      walletRelaysUrl: 'http://127.0.0.1:8027',
      logLevel: 'warn',
    });
  });

  const key = Buffer.alloc(32, 0xfb);
  test.each([
    ['hex', key.toString('hex')],
    ['hex in capitals', key.toString('hex').toUpperCase()],
    ['base64', key.toString('base64')],
    ['base64url', key.toString('base64url')],
  ])('reads a secret key in %s', (_, text) => {
    expect(configOf({ TESSERA_SECRET_KEY: text }).secretKey).toEqual(key);
  });

  test.each([
    ['PORT', '-1'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['PORT', '3e3'],
    ['PORT', '0x10'],
    ['PORT', 'http'],
    ['HOST', 'not a host'],
    ['HOST', 'http://0.0.0.0'],
    ['PUBLIC_URL', 'cards.example.com'],
    ['PUBLIC_URL', 'ftp://cards.example.com'],
    ['PUBLIC_URL', 'https://cards.example.com/?a=1'],
    ['PUBLIC_URL', 'https://example.com/cards'],
    ['DATABASE_URL', 'mysql://root@localhost/x'],
    ['DATABASE_URL', 'postgres://user:pa#ss@host:port/db'],
    ['TESSERA_SECRET_KEY', 'short'],
    ['TESSERA_SECRET_KEY', 'ab'.repeat(31)],
    ['TESSERA_SECRET_KEY', `${'!'.repeat(20)}${'a'.repeat(43)}`],
    ['TESSERA_DEMO', 'yes'],
    ['TESSERA_OWNER_EMAIL', 'owner'],
    ['TESSERA_OWNER_PASSWORD', 'short'],
    ['TESSERA_API_TOKEN', 'short'],
    ['TESSERA_API_TOKEN', 'with spaces, and long enough'],
    ['TESSERA_API_TOKEN', 'токен-из-русских-букв'],
    ['TESSERA_API_TOKEN', 'x'.repeat(1025)],
    ['APNS_URL', 'api.push.apple.com'],
    ['APNS_URL', 'http://127.0.0.1:8443'],
    ['APNS_CA_FILE', '/nowhere/ca.pem'],
    ['APNS_CA_FILE', fileURLToPath(import.meta.url)],
    ['SMS_RU_URL', 'sms'],
    ['TESSERA_LOG_LEVEL', 'loud'],
  ])('refuses %s=%s with a sentence that names it', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems.map((problem) => problem.name)).toEqual([name]);
    expect(problems[0]?.sentence).toMatch(new RegExp(`^${name} must .+\\.$`));
  });

  test('tells all that is wrong at once', () => {
    const problems = problemsOf({ PORT: 'x', TESSERA_DEMO: 'x', SMS_RU_URL: 'x' });
    expect(problems.map(({ name }) => name)).toEqual(['PORT', 'TESSERA_DEMO', 'SMS_RU_URL']);
  });

  test.each([
    ['DATABASE_URL', 'mysql://user:Geheim@host/db'],
    ['TESSERA_SECRET_KEY', 'Geheim'],
    ['TESSERA_OWNER_PASSWORD', 'Geheim'],
    ['TESSERA_API_TOKEN', 'Geheim'],
    ['PUBLIC_URL', 'https://user:Geheim@cards.example.com'],
    ['APNS_URL', 'https://user:Geheim@host'],
    ['SMS_RU_URL', 'https://sms.ru/?api_id=Geheim'],
  ])('never shows what may be secret in %s', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.sentence).not.toContain('Geheim');
  });
});

test('docs/configuration.md has a row for every name that is read, and for no other', () => {
  const asked = new Set<string>();
  readConfig(new Proxy({}, { get: (_, name) => void asked.add(String(name)) }));
  const text = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\|\s*`([A-Z_]+)`/gm)].map((match) => match[1]);
  expect([...new Set(rows)].sort()).toEqual([...asked].sort());
});
