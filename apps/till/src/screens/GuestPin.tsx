import type { TillAuthorised, TillGuest } from '@tessera/contract';
import { useCallback, useEffect, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem } from '../api/problem.ts';
import { signal } from '../device/feedback.ts';
import type { PinWanted } from '../flow/guest-pin.ts';
import { isPin, PIN_FROM, typePin } from '../flow/pin-entry.ts';
import { Dialog, SheetHead } from '../parts/Dialog.tsx';
import { Keypad } from '../parts/Keypad.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useReading } from '../texts/reading.tsx';

interface GuestPinProps {
  readonly api: TillApi;
  readonly sound: boolean;
  readonly wanted: PinWanted;
  readonly onGuest: (guest: TillGuest) => void;
  readonly onSignedOut: () => void;
  readonly onClose: () => void;
}

/** A code goes to the guest's phone, he says it, the cashier types it. */
export function GuestPin(props: GuestPinProps) {
  const { t, problem: say } = useReading();
  const { sent, wait, digits, busy, trouble, send, press, enter } = useGuestPin(props);
  useDigits(sent !== null, press, enter);
  return (
    <Dialog label={t('guestPin.title')} onClose={props.onClose}>
      <SheetHead onClose={props.onClose}>
        <h2 className="heading">{t('guestPin.title')}</h2>
      </SheetHead>
      {/* In the place of the hint, so that the keys and the button stay where they are on a small phone. */}
      {trouble === null ? (
        <p className="hint">{t(sent === null ? 'guestPin.ask' : 'guestPin.sent')}</p>
      ) : (
        <Notice tone={trouble.kind === 'refused' ? 'bad' : 'unsure'}>{say(trouble)}</Notice>
      )}
      {sent === null ? null : (
        <p className="pin-dots" role="img" aria-label={t('station.digits', { count: digits.length })}>
          {Array.from({ length: Math.max(PIN_FROM, digits.length) }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: dots are told apart by their place alone
            <span key={at} data-typed={at < digits.length ? '' : undefined} />
          ))}
        </p>
      )}
      {sent === null ? (
        <button type="button" className="button button-main" disabled={busy} onClick={send}>
          {t(busy ? 'guestPin.sending' : 'guestPin.send')}
        </button>
      ) : (
        <>
          <Keypad left={{ key: 'clear', label: t('station.clear'), shown: 'C' }} onKey={press} disabled={busy} />
          <button type="button" className="button button-main" disabled={busy || !isPin(digits)} onClick={enter}>
            {t('guestPin.confirm')}
          </button>
          <button type="button" className="button button-text" disabled={busy || wait > 0} onClick={send}>
            {wait > 0 ? t('guestPin.againIn', { seconds: wait }) : t('guestPin.again')}
          </button>
        </>
      )}
    </Dialog>
  );
}

function useGuestPin({ api, sound, wanted, onGuest, onSignedOut }: GuestPinProps) {
  const [sent, setSent] = useState<TillAuthorised | null>(null);
  const [wait, setWait] = useState(0);
  const [digits, setDigits] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  useEffect(() => {
    if (wait === 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1_000);
    return () => clearTimeout(timer);
  }, [wait]);
  const fail = (problem: Problem) => {
    if (needsSignIn(problem)) onSignedOut();
    signal('failure', sound);
    setTrouble(problem);
    if (problem.kind === 'refused') setDigits('');
  };
  const send = () => {
    setBusy(true);
    setTrouble(null);
    void api.authorise(wanted.whom).then((answer) => {
      setBusy(false);
      if (!answer.ok) return fail(answer.problem);
      setSent(answer.value);
      setDigits('');
      setWait(answer.value.pauseSeconds);
    });
  };
  const press = useCallback((key: string) => setDigits((typed) => typePin(typed, key)), []);
  const enter = () => {
    if (sent === null || busy || !isPin(digits)) return;
    setBusy(true);
    setTrouble(null);
    void api.confirmPin({ request: sent.request, pin: digits }).then((answer) => {
      setBusy(false);
      if (!answer.ok) return fail(answer.problem);
      signal('success', sound);
      onGuest(answer.value);
    });
  };
  return { sent, wait, digits, busy, trouble, send, press, enter };
}

/** A keyboard types the digits, too. */
function useDigits(active: boolean, press: (key: string) => void, enter: () => void): void {
  useEffect(() => {
    if (!active) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Enter') {
        event.preventDefault();
        enter();
      } else press(event.key);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [active, press, enter]);
}
