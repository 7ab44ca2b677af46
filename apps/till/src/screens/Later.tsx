import { useEffect, useState } from 'react';
import { type EntryKey, type EntryStyle, groupTyped, press, toMinor } from '../flow/amount-entry.ts';
import { Icon } from '../parts/Icon.tsx';
import { Keypad } from '../parts/Keypad.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useReading } from '../texts/reading.tsx';

/** Who the points are for: as typed or scanned, or a guest who was found before the network went. */
export interface LateGuest {
  readonly query: string | null;
  readonly accountId: number | null;
  readonly guest: string;
  readonly amount: string;
}

const keys: Record<string, EntryKey> = { Backspace: 'back', Delete: 'clear', ',': ',', '.': ',' };

/** Without a network: the sum, for points that are given when it is back. */
export function Later(props: {
  readonly late: LateGuest;
  readonly entry: EntryStyle;
  /** False when the device cannot keep the sale. */
  readonly onKeep: (amount: number) => boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t, money, separators, currency } = useReading();
  const { late, entry, onClose } = props;
  const [typed, setTyped] = useState(late.amount);
  const [kept, setKept] = useState<boolean | null>(null);
  const amount = toMinor(typed, entry);
  const confirm = () => {
    if (kept === true) props.onDone();
    else if (amount > 0) setKept(props.onKeep(amount));
  };
  useKeys(kept === true ? null : (key) => setTyped((text) => press(text, key, entry)), confirm, onClose);
  if (kept === true) return <Kept guest={late.guest} sum={money(amount)} onNext={props.onDone} />;
  return (
    <div className="screen later">
      <div className="column column-read">
        <h1 className="title">{t('later.title')}</h1>
        <p className="later-guest">
          <span className="label">{t('later.guest')}</span>
          <strong>{late.guest}</strong>
        </p>
        {kept === false ? <Notice tone="bad">{t('later.full')}</Notice> : <p className="hint">{t('later.hint')}</p>}
      </div>
      <div className="column column-act">
        <div className="display" data-empty={typed === '' ? '' : undefined}>
          <span className="label">{t('sale.amount')}</span>
          <output
            className="figure"
            aria-label={`${t('sale.amount')} ${groupTyped(typed, entry, separators)} ${currency}`}
          >
            <span className="typed">{groupTyped(typed, entry, separators)}</span>
            <span className="caret" aria-hidden="true" />
          </output>
        </div>
        <Keypad
          left={{
            key: entry === 'comma' ? ',' : '00',
            label: entry === 'comma' ? t('key.comma') : '00',
            shown: entry === 'comma' ? separators.decimal : '00',
          }}
          onKey={(key) => setTyped((text) => press(text, key, entry))}
        />
        <div className="row row-actions">
          <button type="button" className="button button-plain" onClick={onClose}>
            {t('app.back')}
          </button>
          <button type="button" className="button button-main" disabled={amount === 0} onClick={confirm}>
            {amount === 0 ? t('sale.enterAmount') : t('later.keep', { amount: money(amount) })}
          </button>
        </div>
      </div>
    </div>
  );
}

function Kept({ guest, sum, onNext }: { readonly guest: string; readonly sum: string; readonly onNext: () => void }) {
  const { t } = useReading();
  return (
    <div className="screen end end-kept">
      <div className="end-words" role="status">
        <Icon name="clock" size={72} />
        <h1 className="title">{t('later.kept')}</h1>
        <p>{t('later.keptText', { guest, amount: sum })}</p>
      </div>
      <div className="end-act">
        <button type="button" className="button button-main" onClick={onNext}>
          {t('done.next')}
        </button>
      </div>
    </div>
  );
}

/** The screen by keyboard: digits type, Enter confirms, Escape goes back. */
function useKeys(onKey: ((key: EntryKey) => void) | null, onEnter: () => void, onEscape: () => void): void {
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
      const key = /^[0-9]$/.test(event.key) ? (event.key as EntryKey) : keys[event.key];
      if (event.key === 'Escape') onEscape();
      else if (event.key === 'Enter' && !event.repeat) {
        event.preventDefault();
        onEnter();
      } else if (key !== undefined && onKey !== null) onKey(key);
    };
    addEventListener('keydown', onDown);
    return () => removeEventListener('keydown', onDown);
  });
}
