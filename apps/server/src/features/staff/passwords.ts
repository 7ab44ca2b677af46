import { hash, verify } from '@node-rs/argon2';

/** argon2id, 19 MiB, two passes: OWASP's first choice. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** A hash nobody knows the password of: compared against when there is no such user, so that both answers take as long. */
let nobody: Promise<string> | null = null;

/** The library's comparison of a hash with a password. */
export type Compare = (passwordHash: string, password: string) => Promise<boolean>;

/** Whether the password fits; `null` for an unknown user takes just as long and never fits. */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
  compare: Compare = verify,
): Promise<boolean> {
  nobody ??= hashPassword('a password that is nobody’s');
  const fits = await compare(passwordHash ?? (await nobody), password);
  return passwordHash !== null && fits;
}
