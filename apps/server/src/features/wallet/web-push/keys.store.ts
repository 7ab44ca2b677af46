import type { Platform } from '../../../platform/context.ts';

/** The public half, and the private one sealed, base64. */
export type StoredKeys = { readonly publicKey: string; readonly privateKeySealed: string };

/** Of two processes that make keys at once, one pair stays and both get it. */
export async function keepFirstKeys({ database }: Pick<Platform, 'database'>, keys: StoredKeys): Promise<StoredKeys> {
  await database.platform.query(
    `insert into settings (name, value) values ('web_push_keys', $1) on conflict (name) do nothing`,
    [JSON.stringify(keys)],
  );
  return (await selectKeys({ database })) ?? keys;
}

export async function selectKeys({ database }: Pick<Platform, 'database'>): Promise<StoredKeys | null> {
  const rows = await database.platform.query<{ value: StoredKeys }>(
    `select value from settings where name = 'web_push_keys'`,
    [],
  );
  return rows[0]?.value ?? null;
}
