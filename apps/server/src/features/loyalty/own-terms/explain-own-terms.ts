import type { Language } from '@tessera/contract/messages';
import { formatNumber } from '@tessera/look';
import type { Entry } from '@tessera/loyalty';
import type { Translate } from '../../../platform/texts.ts';

/** What was agreed with a member, as a list for its sentence: «начисление 7 %, скидка по программе». */
export function listOwnTerms({ explain }: Entry, { t, language }: { t: Translate; language: Language }): string {
  const { numbers, texts } = explain;
  const share = (basisPoints: bigint) => formatNumber(basisPoints, language, { scale: 2 });
  const told: string[] = [];
  for (const [name, amount] of [
    ['rate', numbers.rateBasisPoints],
    ['discount', numbers.discountBasisPoints],
  ] as const) {
    if (amount !== undefined) told.push(t(`server:own_term.${name}`, { share: share(amount) }));
    else if (texts[name] !== undefined) told.push(t(`server:own_term.${name}_programme`));
  }
  const { lifetimeDays } = numbers;
  if (lifetimeDays !== undefined) told.push(t('server:own_term.days', { count: Number(lifetimeDays) }));
  else if (texts.expiry === 'programme') told.push(t('server:own_term.expiry_programme'));
  else if (texts.expiry !== undefined) told.push(t('server:own_term.expiry'));
  return told.join(', ');
}
