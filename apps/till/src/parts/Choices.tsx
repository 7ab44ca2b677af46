import type { TillSearchAnswer } from '@tessera/contract';
import { useReading } from '../texts/reading.tsx';

/** Guests of one name: told apart by the last digits of the phone, for a queue reads along. */
export function Choices(props: {
  readonly choices: TillSearchAnswer;
  readonly busy: boolean;
  readonly onChoose: (accountId: number) => void;
}) {
  const { t } = useReading();
  const { items, more } = props.choices;
  return (
    <div className="choices">
      <ul>
        {items.map((guest) => (
          <li key={guest.accountId}>
            <button
              type="button"
              className="button button-plain choice-guest"
              disabled={props.busy}
              onClick={() => props.onChoose(guest.accountId)}
            >
              <strong>{guest.name === '' ? t('guest.unnamed') : guest.name}</strong>
              <span className="guest-phone">{guest.phoneHint}</span>
              <small>{guest.blocked ? t('guest.blocked') : guest.level}</small>
            </button>
          </li>
        ))}
      </ul>
      {more ? <p className="hint">{t('find.more')}</p> : null}
    </div>
  );
}
