import { type NewPass, type Refusal, type Result, refuse, succeed } from '@tessera/contract';
import { isUniqueViolation, type Tenant, type TenantTransaction } from '../../../platform/database/index.ts';
import { issueOnce } from '../issue-pass.ts';
import type { PassRecord } from '../model.ts';
import { selectDesign } from '../store/designs.ts';
import type { Wallet } from '../wallet.ts';
import { accountExists, isSerialTaken } from './detail.store.ts';
import { readSerial } from './model.ts';
import { withWish } from './own-things.ts';

/** Opens an account by the template of a group, or finds the one that the phone has. Given by compose.ts. */
export type OpenAccount = (
  tenant: Tenant,
  guest: NonNullable<NewPass['guest']>,
) => Promise<Result<{ accountId: number }>>;

export type Added = { readonly pass: PassRecord; readonly known: boolean; readonly plainSerial: boolean };

/**
 * Makes a card for a guest, with a number of somebody's choice or with one that nobody can guess. The number is the
 * natural key: the same number for the same guest and design again is the card that is there.
 * @returns pass_owner_missing, account_not_found, not_found (no such design), design_archived, credential_incomplete,
 *   serial_invalid, serial_taken (unique within the pass type, in a coalition within all of them), pass_exists,
 *   pass_field_unknown, value_invalid, and what opening an account refuses
 */
export async function addPass(
  wallet: Wallet,
  tenant: Tenant,
  wish: NewPass,
  { openAccount }: { openAccount: OpenAccount },
): Promise<Result<Added>> {
  const { designId, accountId: owner, guest, serial: typed, ...things } = wish;
  const read = typed === undefined ? null : readSerial(typed);
  if (typed !== undefined && !read) return refuse('serial_invalid');
  const design = await selectDesign(tenant, tenant.companyId, designId);
  if (!design) return refuse('not_found');
  if (design.archivedAt) return refuse('design_archived');
  const own = withWish({ ownValues: {}, own: {} }, design.body, things);
  if (!own.ok) return own;
  const account = owner === undefined ? await opened(tenant, guest, openAccount) : await existing(tenant, owner);
  if (!account.ok) return account;
  const { accountId } = account.value;
  const serial = read?.serial;
  const issued = await issueUnlessTaken(wallet, tenant, {
    accountId,
    designId,
    source: 'console',
    ...own.value,
    ...(serial === undefined ? {} : { serial, forbid: serialForbidden(serial, accountId) }),
  });
  if (!issued.ok) return issued;
  const { pass, made } = issued.value;
  if (serial !== undefined && pass.serial !== serial) return refuse('pass_exists', { serial: pass.serial });
  return succeed({ pass, known: !made, plainSerial: read?.plain ?? true });
}

/** The database itself keeps a number from being given twice, whatever was looked at before. */
async function issueUnlessTaken(...input: Parameters<typeof issueOnce>): ReturnType<typeof issueOnce> {
  try {
    return await issueOnce(...input);
  } catch (error) {
    if (isUniqueViolation(error, 'passes_company_id_pass_type_identifier_serial_key')) return refuse('serial_taken');
    throw error;
  }
}

async function opened(
  tenant: Tenant,
  guest: NewPass['guest'],
  openAccount: OpenAccount,
): Promise<Result<{ accountId: number }>> {
  return guest ? openAccount(tenant, guest) : refuse('pass_owner_missing');
}

async function existing(tenant: Tenant, accountId: number): Promise<Result<{ accountId: number }>> {
  return (await accountExists(tenant, accountId)) ? succeed({ accountId }) : refuse('account_not_found');
}

/** A coalition's tills read the cards of all partners: there a number is somebody's whatever its pass type. */
const serialForbidden =
  (serial: string, accountId: number) =>
  async (transaction: TenantTransaction, passTypeIdentifier: string): Promise<Refusal | null> => {
    const taken = await isSerialTaken(transaction, { serial, passTypeIdentifier, accountId });
    return taken ? { code: 'serial_taken' } : null;
  };
