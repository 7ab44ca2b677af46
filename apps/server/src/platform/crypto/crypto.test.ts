import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVault, equalSecrets, newToken, newUuid, systemRandom } from './index.ts';
import { loadMasterKey } from './master-key.ts';

describe('the vault', () => {
  const vault = createVault(Buffer.alloc(32, 7));
  const sealed = vault.seal('ключ от сейфа', 'credential:1:2');

  test('opens what it sealed, in its place', () => {
    expect(vault.open(sealed, 'credential:1:2').toString()).toBe('ключ от сейфа');
    expect(vault.open(vault.seal('', 'x'), 'x').toString()).toBe('');
  });

  test('shows nothing of what it keeps, and seals the same thing differently each time', () => {
    expect(sealed.includes('ключ')).toBe(false);
    expect(vault.seal('ключ от сейфа', 'credential:1:2').equals(sealed)).toBe(false);
  });

  test('does not open a value that was moved to another place', () => {
    for (const place of ['credential:1:3', 'credential:2:2', 'channel:1:2', '']) {
      expect(() => vault.open(sealed, place)).toThrow();
    }
  });

  test('does not open a value of which any byte was changed, cut off or added', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => vault.open(changed, 'credential:1:2')).toThrow();
      expect(() => vault.open(sealed.subarray(0, at), 'credential:1:2')).toThrow();
    }
    expect(() => vault.open(Buffer.concat([sealed, Buffer.of(0)]), 'credential:1:2')).toThrow();
  });

  test('does not open what another master key sealed', () => {
    expect(() => createVault(Buffer.alloc(32, 8)).open(sealed, 'credential:1:2')).toThrow();
  });

  test('has a key of its own for each purpose, the same one each time', () => {
    expect(vault.keyed('a', 'm').equals(createVault(Buffer.alloc(32, 7)).keyed('a', 'm'))).toBe(true);
    expect(vault.keyed('a', 'm').equals(vault.keyed('b', 'm'))).toBe(false);
    expect(vault.keyed('a', 'm').equals(vault.keyed('a', 'n'))).toBe(false);
  });

  test('wants a whole key', () => {
    expect(() => createVault(Buffer.alloc(31))).toThrow('32 bytes');
  });
});

describe('secrets', () => {
  test('are compared by value', () => {
    expect(equalSecrets('abc', 'abc')).toBe(true);
    expect(equalSecrets('abc', 'abd')).toBe(false);
    expect(equalSecrets('abc', 'abcd')).toBe(false);
  });

  test('tokens have 256 bits and go into an address as they are', () => {
    expect(newToken(systemRandom)).toMatch(/^[\w-]{43}$/);
    expect(newToken(systemRandom)).not.toBe(newToken(systemRandom));
  });

  test('UUIDs say version 4', () => {
    const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const fill of [0x00, 0xff, 0x5a]) expect(newUuid((bytes) => Buffer.alloc(bytes, fill))).toMatch(pattern);
  });
});

describe('the master key', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-key-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('is made at the first start, for its owner’s eyes only, and found again at the next', async () => {
    const inside = join(folder, 'data');
    const first = await loadMasterKey(null, inside, randomBytes);
    expect((await stat(join(inside, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(inside)).mode & 0o077).toBe(0);
    expect(await loadMasterKey(null, inside, randomBytes)).toEqual(first);
    expect((await readFile(join(inside, 'secret.key'), 'utf8')).trim()).toBe(first.toString('hex'));
  });

  test('comes from the configuration when it is there, and nothing is written', async () => {
    const configured = Buffer.alloc(32, 1);
    expect(await loadMasterKey(configured, folder, randomBytes)).toBe(configured);
    await expect(stat(join(folder, 'secret.key'))).rejects.toThrow('ENOENT');
  });

  test('is for its owner’s eyes only, even where a start that broke off left an open file', async () => {
    await writeFile(join(folder, 'secret.key.new'), 'half');
    await chmod(join(folder, 'secret.key.new'), 0o644);
    await loadMasterKey(null, folder, randomBytes);
    expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600);
  });

  test('is not made anew over a file that cannot be read as a key', async () => {
    await writeFile(join(folder, 'secret.key'), 'spoiled');
    await expect(loadMasterKey(null, folder, randomBytes)).rejects.toThrow('64 hex digits');
    expect(await readFile(join(folder, 'secret.key'), 'utf8')).toBe('spoiled');
  });
});
