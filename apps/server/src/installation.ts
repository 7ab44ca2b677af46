import type { Platform } from './platform/context.ts';

/** What this installation is: kept beside the companies, so that a later start knows it again. */
export type Installation = { companyId: number; demo: boolean };

/** null on an empty database. */
export async function readInstallation({ database }: Pick<Platform, 'database'>): Promise<Installation | null> {
  const rows = await database.platform.query<{ value: Installation }>(
    `select value from settings where name = 'installation'`,
    [],
  );
  return rows[0]?.value ?? null;
}

/**
 * Forgets the public keys of a company whose set-up broke off half-way (a killed first start): nobody has been told of
 * it, and its form, its cards and its owner's address would stand in the way of the next attempt.
 */
export async function forgetBrokenSetUp({ database }: Pick<Platform, 'database'>): Promise<void> {
  await database.platform.query('delete from directory', []);
}

export async function writeInstallation({ database }: Platform, installation: Installation): Promise<void> {
  await database.platform.query(`insert into settings (name, value) values ('installation', $1)`, [
    JSON.stringify(installation),
  ]);
}
