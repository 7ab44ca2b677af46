import type { CardAfterCheck, CardReward, SideWallet } from '@tessera/contract';
import { useReading } from '../texts/reading.tsx';

/** More slots than this are told in numbers alone. */
const MOST_SLOTS = 12;

/** The slots of a card as pieces of a mosaic. The numbers beside them say the same. */
export function Slots({ stamps, slots }: { readonly stamps: number; readonly slots: number }) {
  if (slots > MOST_SLOTS) return null;
  return (
    <span className="slots" aria-hidden="true">
      {Array.from({ length: slots }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place
        <span key={index} className={index < stamps ? 'slot slot-laid' : 'slot'} />
      ))}
    </span>
  );
}

/** What a guest has beside points: cards of stamps and money on a deposit. */
export function Wallets({ wallets }: { readonly wallets: readonly SideWallet[] }) {
  const { t, money } = useReading();
  if (wallets.length === 0) return null;
  return (
    <ul className="wallets">
      {wallets.map((wallet) => (
        <li key={wallet.id}>
          <span className="label">{wallet.name}</span>
          {wallet.kind === 'stamps' ? (
            <>
              <Slots stamps={wallet.stamps} slots={wallet.slots} />
              <strong>{t('wallets.ofSlots', { stamps: String(wallet.stamps), slots: String(wallet.slots) })}</strong>
              {wallet.debt > 0 ? <span>{t('wallets.debt', { debt: String(wallet.debt) })}</span> : null}
            </>
          ) : (
            <strong>{money(wallet.available)}</strong>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What a check adds to each card, as rows of figures. A card that it adds nothing to is not worth a row. */
export function GivenStamps({ cards }: { readonly cards: readonly CardAfterCheck[] }) {
  const { t } = useReading();
  return cards
    .filter(({ given }) => given > 0)
    .map((card) => (
      <div key={card.wallet}>
        <dt>{card.name}</dt>
        <dd className="gain">
          {t('wallets.given', {
            given: String(card.given),
            stamps: String(card.stamps),
            slots: String(card.slots),
          })}
        </dd>
      </div>
    ));
}

/** The rewards that a check brings, each a word of joy. */
export function Rewards({ rewards }: { readonly rewards: readonly CardReward[] }) {
  const { t } = useReading();
  if (rewards.length === 0) return null;
  return (
    <ul className="guest-words">
      {rewards.map((reward, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two full cards may bring the same reward
        <li key={index} className="word word-good">
          {t('wallets.reward', { reward: reward.name })}
        </li>
      ))}
    </ul>
  );
}
