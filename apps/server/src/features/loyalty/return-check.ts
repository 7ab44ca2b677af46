import { type Result, refuse, succeed } from '@tessera/contract';
import { decide, levelOf, needsHistory } from '@tessera/loyalty';
import type { Tenant } from '../../platform/database/index.ts';
import { readForReturn, selectEntriesFrom, writeReturn } from './checks.store.ts';
import { companionsOfReturn } from './coalition/settle-points.ts';
import { type CompanionWrite, writeTogether } from './companions.ts';
import { budgetsOfReturn } from './earning/settle-budgets.ts';
import type { LoyaltyPlatform } from './loyalty-platform.ts';
import { type CheckSource, type ReturnAnswer, toRefusal, withBalances } from './model.ts';
import { answerOfReturnedOffers } from './offers/offers-of-check.ts';
import { companionsOfReturn as companionsOfReturnedOffers } from './offers/use-offers.ts';
import { undoByReturn } from './referral/undo-by-return.ts';
import { type Attempt, untilWritten } from './until-written.ts';

export type CheckKey = { checkId: number } | { source: CheckSource; externalId: string };

/**
 * Takes a whole sale back: what remains of it. Spent points return to their lots, earned ones are taken back (a debt
 * when they are gone), the turnover and the level follow. Repeated, it gives the first answer.
 * @returns check_not_found for an unknown check; nothing is parked
 */
export async function returnCheck(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  key: CheckKey,
): Promise<Result<ReturnAnswer>> {
  const turn = 'checkId' in key ? `check:${key.checkId}` : `check:${key.source}:${key.externalId}`;
  const result = await platform.inTurn(`${tenant.companyId}:${turn}`, () =>
    untilWritten(() => attemptReturn(platform, tenant, key)),
  );
  platform.metrics.checks.inc({ kind: 'return', result: result.ok ? 'ok' : result.refusal.code });
  if (result.ok) platform.wake();
  return result;
}

async function attemptReturn(platform: LoyaltyPlatform, tenant: Tenant, key: CheckKey): Promise<Attempt<ReturnAnswer>> {
  const reading = await readForReturn(tenant, key);
  if (!reading) return refuse('check_not_found');
  const { account, checkId, sale, returnAnswer } = reading;
  if (reading.status === 'returned' && returnAnswer) return succeed(returnAnswer);
  const entriesSinceSale = needsHistory(account.state, sale)
    ? await selectEntriesFrom(tenant, account.accountId, reading.entrySequence)
    : [];
  const now = platform.clock.now();
  const rules = await platform.rules.of(tenant, account.rules, now);
  // A version of the rules bears its own number, which the sale keeps.
  const saleRules =
    sale.earning === null && sale.partner === undefined
      ? rules
      : await platform.rules.version(tenant, Number(sale.rulesId));
  const command = { kind: 'return_check', sale, entriesSinceSale, saleRules } as const;
  const decision = decide(account.state, command, rules, now);
  if (!decision.ok) return { ok: false, refusal: toRefusal(decision) };
  const { outcome } = decision;
  const { accountId, version } = account;
  const friend = { accountId, state: decision.state, sale: outcome.sale, entries: decision.entries, rules, now };
  const referral = account.referral === 'qualified' ? await undoByReturn(tenant, friend) : null;
  const { state } = referral ?? decision;
  const answer: ReturnAnswer = {
    checkId,
    accountId: account.accountId,
    moneyBack: Number(outcome.refund),
    ...answerOfReturnedOffers(outcome.offers),
    pointsBack: Number(outcome.givenBack),
    clawedBack: Number(outcome.clawedBack),
    balance: Number(state.available),
    debt: Number(state.debt),
    level: levelOf(state, rules).name,
  };
  const stored = withBalances(account.state, [...decision.entries, ...(referral?.entries ?? [])]);
  const accountWrite = { accountId, version, state, rules, checkId, stored, now };
  const check = { sale: outcome.sale, status: outcome.whole ? 'returned' : 'partly_returned', answer } as const;
  const { venueCode } = reading;
  const companions: CompanionWrite[] = [
    ...companionsOfReturnedOffers(sale, outcome.offers, rules, { checkId, now }),
    ...companionsOfReturn(sale, outcome.sale, saleRules, { checkId, accountId, venueCode, now }),
    ...budgetsOfReturn(account.programmeId, outcome),
    ...(referral?.companions ?? []),
  ];
  const written = await writeTogether(tenant, (queryable) => writeReturn(queryable, accountWrite, check), companions);
  return written ? succeed(answer) : 'lost_race';
}
