import { type Result, refuse, succeed } from '@tessera/contract';
import { moveCertificate } from '@tessera/loyalty';
import type { Tenant } from '../../../platform/database/index.ts';
import { isUniqueViolation } from '../../../platform/database/index.ts';
import { selectAccount } from '../accounts.store.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { toRefusal } from '../model.ts';
import { untilWritten } from '../until-written.ts';
import {
  type Certificate,
  insertCertificate,
  insertCertificateEntry,
  selectCertificate,
  selectCertificateByRequest,
  selectCertificateMove,
} from './certificates.store.ts';
import { CODE_LENGTH_MAX, newCode, normaliseCode } from './model.ts';

const CODE_LENGTH_MIN = 4;

export type NewCertificate = {
  /** Absent: a code that cannot be guessed. Given: what is printed on a plastic one. */
  readonly code?: string | undefined;
  readonly amount: bigint;
  /** Sold for money, or given away. */
  readonly paid: boolean;
  readonly accountId?: number | undefined;
  readonly note: string;
  readonly key: string;
};

/** Sells or gives a certificate, once for one key. */
export async function issueCertificate(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: NewCertificate,
): Promise<Result<Certificate>> {
  const { companyId } = tenant;
  const known = await selectCertificateByRequest(tenant, wish.key);
  if (known) return known.nominal === wish.amount ? succeed(known) : refuse('idempotency_mismatch');
  const code = wish.code === undefined ? newCode(platform.random) : normaliseCode(wish.code);
  if (code.length < CODE_LENGTH_MIN || code.length > CODE_LENGTH_MAX) return refuse('value_invalid', { field: 'code' });
  const accountId = wish.accountId ?? null;
  if (accountId !== null && !(await selectAccount(tenant, accountId))) return refuse('account_not_found');
  const empty = { balance: 0n, blocked: false, sequence: 0 };
  const entry = moveCertificate(empty, { kind: 'issue', amount: wish.amount, paid: wish.paid });
  if ('code' in entry) return { ok: false, refusal: toRefusal({ ok: false, refusal: entry }) };
  const now = platform.clock.now();
  const { note, key: requestKey } = wish;
  try {
    return succeed(
      await tenant.transaction(async (transaction) => {
        const certificate = { code, nominal: wish.amount, accountId, note, requestKey };
        const certificateId = await insertCertificate(transaction, companyId, certificate, now);
        const facts = { checkId: null, requestKey, now };
        await insertCertificateEntry(transaction, companyId, certificateId, entry, facts);
        return (await selectCertificate(transaction, companyId, certificateId))!;
      }),
    );
  } catch (error) {
    if (isUniqueViolation(error, 'certificates_company_id_code_key')) return refuse('coupon_code_taken');
    if (!isUniqueViolation(error)) throw error;
    // The twin with the same key has just written it.
    const twin = await selectCertificateByRequest(tenant, wish.key);
    return twin?.nominal === wish.amount ? succeed(twin) : refuse('idempotency_mismatch');
  }
}

export type CertificateChange =
  | { readonly kind: 'top_up'; readonly amount: bigint; readonly paid: boolean }
  | { readonly kind: 'write_off' };

/** Puts more money on a certificate, or takes what is left off it by the owner's decision. Once for one key. */
export async function changeCertificate(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  wish: { certificateId: number; move: CertificateChange; key: string },
): Promise<Result<Certificate>> {
  const { companyId } = tenant;
  const { certificateId, move } = wish;
  return untilWritten<Certificate>(async () => {
    const certificate = await selectCertificate(tenant, companyId, certificateId);
    if (!certificate) return refuse('certificate_unknown');
    const known = await selectCertificateMove(tenant, wish.key);
    if (known) {
      const amounts = move.kind === 'write_off' || known.amount === move.amount;
      const same = known.certificateId === certificateId && known.kind === move.kind && amounts;
      return same ? succeed(certificate) : refuse('idempotency_mismatch');
    }
    const entry = moveCertificate(certificate, move);
    if ('code' in entry) return { ok: false, refusal: toRefusal({ ok: false, refusal: entry }) };
    const facts = { checkId: null, requestKey: wish.key, now: platform.clock.now() };
    const written = await insertCertificateEntry(tenant, companyId, certificateId, entry, facts);
    return written ? succeed({ ...certificate, balance: entry.balance, sequence: entry.sequence }) : 'lost_race';
  });
}
