import type { Deposit, SideWallet, StampCard } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import styles from './wallets.module.css';

/** Cards of stamps and deposits of a guest, beside the points. */
export function Wallets({ wallets }: { readonly wallets: readonly SideWallet[] }) {
  if (wallets.length === 0) return null;
  return (
    <ul className={styles.wallets}>
      {wallets.map((wallet) => (
        <li key={wallet.id} className={styles.wallet}>
          {wallet.kind === 'stamps' ? <Card card={wallet} /> : <Money deposit={wallet} />}
        </li>
      ))}
    </ul>
  );
}

function Card({ card }: { readonly card: StampCard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const next = card.milestones.find(({ at }) => at > card.stamps);
  return (
    <>
      <h2 className={styles.name}>{card.name}</h2>
      <p className={styles.figure}>
        {t('wallets.ofSlots', { stamps: format.count(card.stamps), slots: format.count(card.slots) })}
      </p>
      <Slots card={card} />
      <ul className={styles.beside}>
        {next && <li>{t('wallets.toReward', { count: next.at - card.stamps + card.debt, reward: next.name })}</li>}
        {card.debt > 0 && <li className={styles.debt}>{t('wallets.debtStamps', { count: card.debt })}</li>}
        {card.expiring && (
          <li>
            {t('wallets.expiringStamps', { count: card.expiring.amount, day: format.day(card.expiring.expiresAt) })}
          </li>
        )}
      </ul>
    </>
  );
}

/** The slots as pieces of a mosaic: laid ones in clay, a reward's place with a bright edge. The words beside say it all. */
function Slots({ card }: { readonly card: StampCard }) {
  const rewards = new Set(card.milestones.map(({ at }) => at));
  return (
    <div className={styles.slots} aria-hidden="true">
      {Array.from({ length: card.slots }, (_, index) => {
        const place = index + 1;
        const look = [styles.slot, place <= card.stamps && styles.laid, rewards.has(place) && styles.reward];
        return <span key={place} className={look.filter(Boolean).join(' ')} />;
      })}
    </div>
  );
}

function Money({ deposit }: { readonly deposit: Deposit }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <h2 className={styles.name}>{deposit.name}</h2>
      <p className={styles.figure}>{format.money(deposit.available)}</p>
      <ul className={styles.beside}>
        {deposit.debt > 0 && (
          <li className={styles.debt}>{t('wallets.debtMoney', { money: format.money(deposit.debt) })}</li>
        )}
        {deposit.expiring && (
          <li>
            {t('wallets.expiringMoney', {
              money: format.money(deposit.expiring.amount),
              day: format.day(deposit.expiring.expiresAt),
            })}
          </li>
        )}
      </ul>
    </>
  );
}
