import { changePassword } from '../features/staff/index.ts';
import type { Config } from '../platform/config.ts';
import { newPassword, systemRandom } from '../platform/crypto/index.ts';
import { createDirectory } from '../platform/directory.ts';
import { withDatabase } from './with-database.ts';

/** `password <e-mail>`: gives a user a new password, shown once, and ends all of his sessions. */
export async function setPassword(config: Config, args: string[], tell: (line: string) => void): Promise<number> {
  const [email] = args;
  if (!email) {
    tell('Whose? npm run tessera -- password <e-mail>');
    return 2;
  }
  const password = newPassword(systemRandom);
  const changed = await withDatabase(config, (database) =>
    changePassword({ database, directory: createDirectory(database.platform) }, email, password),
  );
  tell(changed ? `The new password of ${email}: ${password}` : `There is no user ${email}.`);
  return changed ? 0 : 1;
}
