import type { CouponTerms } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';

/** What a kind gives, in a few words: «10 % на чек», «3 прохода». */
export function useTermsText(): (terms: CouponTerms) => string {
  const { t } = useTranslation('coupons');
  const format = useFormat();
  return ({ effect, items }) => {
    const where = items ? t('told.goods') : t('told.check');
    switch (effect.kind) {
      case 'percent':
        return t('told.percent', { percent: format.percent(effect.basisPoints), where });
      case 'amount':
        return t('told.amount', { money: format.money(effect.amount), where });
      case 'fixed_price':
        return t('told.fixed_price', { money: format.money(effect.price) });
      case 'free_item':
        return t('told.free_item', { count: effect.pieces ?? 1 });
      case 'nth_item':
        return t('told.nth_item', { every: effect.every, percent: format.percent(effect.basisPoints ?? 10_000) });
      case 'bundle':
        return t('told.bundle', { money: format.money(effect.price) });
      case 'points':
        return t('told.points', { points: format.points(effect.points) });
      case 'ticket':
        return t('told.ticket', { count: effect.entries ?? 1 });
    }
  };
}
