import type { TillGuest } from '@tessera/contract';
import { useReading } from '../texts/reading.tsx';
import { Icon } from './Icon.tsx';
import { Notice } from './Notice.tsx';
import { Wallets } from './StampCards.tsx';

/** Who stands at the till: the name, a hint of the phone, the level, the points, and what deserves a word. A touch tells more. */
export function GuestCard({ guest, onMore }: { readonly guest: TillGuest; readonly onMore: () => void }) {
  const { t, points, day, percent } = useReading();
  const { discount } = guest;
  // Where nothing is earned there is nothing to keep, but for points of an earlier time.
  const byDiscount = discount?.alone === true && guest.balance === 0;
  return (
    <section className="guest">
      <div className="guest-who">
        <h1 className="guest-name">
          <button type="button" className="guest-more" data-more aria-haspopup="dialog" onClick={onMore}>
            {guest.name === '' ? t('guest.unnamed') : guest.name}
          </button>
        </h1>
        <p className="guest-line">
          <span className="guest-phone">{guest.phoneHint}</span>
          <span className="level">{guest.level}</span>
          {discount === null || byDiscount ? null : (
            <span className="guest-rate">{t('guest.discountRate', { percent: percent(discount.basisPoints) })}</span>
          )}
          {discount?.alone ? null : (
            <span className="guest-rate">{t('guest.rate', { percent: percent(guest.rateBasisPoints) })}</span>
          )}
        </p>
      </div>
      <p className="guest-balance">
        <span className="label">{byDiscount ? t('guest.discount') : t('guest.balance')}</span>
        <strong>
          {byDiscount ? t('guest.percent', { percent: percent(discount.basisPoints) }) : points(guest.balance)}
        </strong>
      </p>
      <Wallets wallets={guest.wallets} />
      {guest.note !== '' || guest.birthdayToday || guest.expiring !== null || guest.debt > 0 ? (
        <ul className="guest-words">
          {guest.note === '' ? null : (
            <li className="word word-look word-note">
              <Icon name="note" size={20} />
              <span>{guest.note}</span>
            </li>
          )}
          {guest.birthdayToday ? (
            <li className="word word-good">
              <Icon name="cake" size={20} />
              {t('guest.birthday')}
            </li>
          ) : null}
          {guest.expiring === null ? null : (
            <li className="word word-look">
              <Icon name="clock" size={20} />
              {t('guest.expiring', { points: points(guest.expiring.amount), day: day(guest.expiring.expiresAt) })}
            </li>
          )}
          {guest.debt > 0 ? (
            <li className="word word-look">{t('guest.debt', { points: points(guest.debt) })}</li>
          ) : null}
        </ul>
      ) : null}
      {guest.blocked ? (
        <Notice tone="bad" hint={t('guest.blockedHint')}>
          {t('guest.blocked')}
        </Notice>
      ) : null}
    </section>
  );
}
