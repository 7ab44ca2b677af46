import type { Language } from '@tessera/contract/messages';
import { formatNumber } from '@tessera/look';
import type { Entry, Rules } from '@tessera/loyalty';
import type { Translate } from '../../platform/texts.ts';
import { isOfLevel, levelParams, levelVariant } from './levels/explain-level.ts';
import { listOwnTerms } from './own-terms/explain-own-terms.ts';
import { walletNameOf } from './wallets/describe-wallets.ts';
import { explainSideEntry } from './wallets/explain-wallet.ts';

/** Rates are basis points: 550 is «5,5». */
const percent = (basisPoints: bigint, language: Language): string => formatNumber(basisPoints, language, { scale: 2 });

/** To whom an entry is told, and how: ISO 4217 currency, names of the levels by id. */
export type Telling = {
  t: Translate;
  language: Language;
  currency: string;
  levelNames: ReadonlyMap<string, string>;
  /** Rules that know the wallets by name. */
  rules?: Rules | undefined;
};

/** What an entry of a reward may be for: the sides of an invitation, stamps. */
const rewardSides: ReadonlySet<string> = new Set(['referrer', 'referee', 'upper', 'stamps']);
/** Headings under which points that no check has earned have a sentence of their own. */
const refillReasons: ReadonlySet<string> = new Set(['goodwill', 'campaign', 'import']);

/**
 * An entry told in one sentence with its numbers: «Начислено 50 баллов: 5 % с чека на 1 000».
 */
export function explainEntry(entry: Entry, telling: Telling): string {
  const { t, language, currency, levelNames } = telling;
  if (entry.wallet !== null) return explainSideEntry(entry, walletNameOf(entry, telling.rules)!, telling);
  const { numbers, texts } = entry.explain;
  const params: Record<string, unknown> = { currency };
  // A sentence says the direction in words: «возврат на 500 ₽», not «на −500 ₽».
  for (const [name, amount] of Object.entries(numbers)) params[name] = String(amount < 0n ? -amount : amount);
  if (numbers.rateBasisPoints !== undefined) params.rate = percent(numbers.rateBasisPoints, language);
  if (entry.level !== null) params.level = levelNames.get(entry.level) ?? entry.level;
  if (entry.kind === 'begin') {
    return t(`server:entry.begin${entry.level === null ? '' : '_level'}`, { ...params, group: texts.group });
  }
  if (entry.kind === 'own_terms') return t('server:entry.own_terms', { terms: listOwnTerms(entry, telling) });
  if (isOfLevel(entry)) return t(`server:entry.${entry.kind}${levelVariant(entry)}`, levelParams(entry, telling));
  const by = entry.kind === 'earn' && (texts.by === 'caller' || texts.by === 'rules') ? `_by_${texts.by}` : '';
  const rewarded = entry.kind === 'reward' && rewardSides.has(texts.side ?? '') ? `_${texts.side}` : '';
  const undone = entry.kind === 'claw_back' && texts.reason === 'referral' ? '_referral' : '';
  const direction = entry.kind === 'turnover' ? turnoverVariant(entry) : '';
  const given = entry.kind === 'refill' && refillReasons.has(texts.reason ?? '') ? `_${texts.reason}` : '';
  const event = entry.kind === 'activate' && texts.by === 'event' ? '_by_event' : '';
  const closed = texts.why === 'closed' ? '_closed' : '';
  if (texts.account !== undefined) params.account = texts.account;
  return t(`server:entry.${entry.kind}${event}${by}${direction}${rewarded}${undone}${given}${closed}`, params);
}

/** What has changed the turnover: a purchase, a return, or a file from another system. */
function turnoverVariant({ turnover, explain }: Entry): string {
  if (explain.texts.by === 'import') return '_import';
  return turnover < 0n ? '_back' : '';
}
