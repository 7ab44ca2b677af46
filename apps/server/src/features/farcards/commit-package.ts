import type { Refusal } from '@tessera/contract';
import type { Tenant } from '../../platform/database/index.ts';
import { registerCheck, returnCheck } from '../loyalty/index.ts';
import { accountOfCardNumber, type FarCardsPlatform, tellingOf, venueOf } from './find-card.ts';
import {
  type CardOperation,
  type FarCardsSettings,
  type PackageProblem,
  readPackage,
  type StationCheck,
} from './model.ts';
import type { TransactionPackage } from './read-request.ts';

export type Committed =
  | { ok: true; card: string; externalId: string; slip: string }
  | { ok: false; problem: PackageProblem }
  | { ok: false; refusal: Refusal };

/**
 * Books the transactions of one check: a sale, or the cancellation of one, wholly or not at all. Sent again, it gives the
 * first answer. Where the station has credited points itself, those count and our rules do not.
 */
export async function commitPackage(
  platform: FarCardsPlatform,
  tenant: Tenant,
  settings: FarCardsSettings,
  { transactions, check }: TransactionPackage,
): Promise<Committed> {
  const read = readPackage(transactions, check);
  if (!read.ok) return read;
  const { operation } = read;
  return operation.kind === 'sale'
    ? sell(platform, tenant, settings, operation, check)
    : cancel(platform, tenant, settings, operation);
}

async function sell(
  platform: FarCardsPlatform,
  tenant: Tenant,
  settings: FarCardsSettings,
  operation: CardOperation,
  check: StationCheck | null,
): Promise<Committed> {
  const accountId = await accountOfCardNumber(platform, tenant, operation.card);
  if (accountId === null) return { ok: false, refusal: { code: 'account_not_found' } };
  const sold = await registerCheck(platform, tenant, {
    mode: 'reported',
    accountId,
    source: 'farcards',
    externalId: operation.key,
    money: operation.money,
    spend: operation.spend,
    discount: operation.discount,
    accrual: operation.accrual,
    number: check?.number,
    venueCode: venueOf(settings, check?.restaurant ?? ''),
    stationCode: check && /^\d{1,9}$/.test(check.station) ? Number(check.station) : undefined,
    channel: 'pos',
    lines: linesOf(operation, check),
    lineNames: Object.fromEntries((check?.lines ?? []).map(({ id, name }) => [id, name])),
  });
  if (!sold.ok) return { ok: false, refusal: sold.refusal };
  const { t, points } = tellingOf(platform, settings);
  const { checkId, accrued, balance } = sold.value;
  const slip = t('server:farcards.slip_sale', { accrued: points(accrued), balance: points(balance) });
  return { ok: true, card: operation.card, externalId: String(checkId), slip };
}

async function cancel(
  platform: FarCardsPlatform,
  tenant: Tenant,
  settings: FarCardsSettings,
  operation: CardOperation,
): Promise<Committed> {
  const returned = await returnCheck(platform, tenant, { source: 'farcards', externalId: operation.key });
  if (!returned.ok) return { ok: false, refusal: returned.refusal };
  const { t, points } = tellingOf(platform, settings);
  const { checkId, balance } = returned.value;
  const slip = t('server:farcards.slip_cancel', { balance: points(balance) });
  return { ok: true, card: operation.card, externalId: String(checkId), slip };
}

/** The dishes, when they add up to what was paid: otherwise something of the check is unknown to us. */
function linesOf({ money, spend }: CardOperation, check: StationCheck | null) {
  const lines = check?.lines ?? [];
  const sum = lines.reduce((total, line) => total + line.amount, 0n);
  return lines.length > 0 && sum === money + spend ? lines : undefined;
}
