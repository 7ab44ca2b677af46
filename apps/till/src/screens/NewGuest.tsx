import type { TillForms } from '@tessera/contract';
import { type ReactNode, useEffect, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem } from '../api/problem.ts';
import { canScan } from '../device/camera.ts';
import { signal } from '../device/feedback.ts';
import { Dialog, SheetHead } from '../parts/Dialog.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Notice } from '../parts/Notice.tsx';
import { useReading } from '../texts/reading.tsx';
import { Scan } from './Scan.tsx';

interface NewGuestProps {
  readonly api: TillApi;
  readonly sound: boolean;
  readonly onSignedOut: () => void;
  readonly onClose: () => void;
  /** The card leads to somebody now. */
  readonly onIssued: (number: string) => void;
}

/** A guest without a card: he registers himself by his phone, or gets a card that lies at the till. */
export function NewGuest(props: NewGuestProps) {
  const { t } = useReading();
  const [way, setWay] = useState<'form' | 'card'>('form');
  return (
    <Dialog label={t('newcomer.title')} onClose={props.onClose}>
      <SheetHead onClose={props.onClose}>
        <h2 className="heading">{t('newcomer.title')}</h2>
      </SheetHead>
      <div className="choice-row">
        <button type="button" aria-pressed={way === 'form'} onClick={() => setWay('form')}>
          {t('newcomer.byForm')}
        </button>
        <button type="button" aria-pressed={way === 'card'} data-card onClick={() => setWay('card')}>
          {t('newcomer.byCard')}
        </button>
      </div>
      {way === 'form' ? <Forms api={props.api} /> : <IssueCard {...props} />}
    </Dialog>
  );
}

/** The address of the form as a code for the guest's own camera. */
function Forms({ api }: { readonly api: TillApi }) {
  const { t, problem: say } = useReading();
  const [forms, setForms] = useState<TillForms['items'] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let over = false;
    void api.forms().then((answer) => {
      if (over) return;
      if (answer.ok) setForms(answer.value.items);
      else setProblem(answer.problem);
    });
    return () => {
      over = true;
    };
  }, [api]);
  const form = forms?.[0];
  if (problem !== null) return <Notice tone="unsure">{say(problem)}</Notice>;
  if (forms !== null && form === undefined) return <p className="empty">{t('newcomer.noForm')}</p>;
  return (
    <div className="form-code">
      {form === undefined ? (
        <span className="form-code-wait" />
      ) : (
        <img src={`data:image/svg+xml,${encodeURIComponent(form.qr)}`} alt={t('newcomer.code')} />
      )}
      <p>{t('newcomer.formHint')}</p>
      <p className="hint form-address">{form?.address.replace(/^https?:\/\//, '') ?? ' '}</p>
    </div>
  );
}

const EMPTY = { number: '', phone: '', name: '', birthday: '' };

function IssueCard({ api, sound, onSignedOut, onIssued }: NewGuestProps) {
  const { t, problem: say } = useReading();
  const [card, setCard] = useState(EMPTY);
  const [scanning, setScanning] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [issued, setIssued] = useState<{ number: string; words: string } | null>(null);
  const write = (field: keyof typeof EMPTY) => (value: string) => {
    setCard({ ...card, [field]: value });
    setProblem(null);
  };
  const send = async () => {
    setSending(true);
    const { number, phone, name, birthday } = card;
    const answer = await api.issueCard({
      number: number.trim(),
      phone: phone.trim(),
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(birthday === '' ? {} : { birthday }),
    });
    setSending(false);
    signal(answer.ok ? 'success' : answer.problem.kind === 'refused' ? 'failure' : 'doubt', sound);
    if (answer.ok) {
      const { already, opened } = answer.value;
      const words = already ? t('newcomer.already') : opened ? t('newcomer.opened') : t('newcomer.added');
      return setIssued({ number: answer.value.number, words });
    }
    if (needsSignIn(answer.problem)) onSignedOut();
    setProblem(answer.problem);
  };
  if (issued !== null) {
    return (
      <>
        <div className="went" role="status">
          <strong>{issued.words}</strong>
        </div>
        <button type="button" className="button button-main" onClick={() => onIssued(issued.number)}>
          {t('newcomer.toSale')}
        </button>
      </>
    );
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field id="card-number" label={t('newcomer.number')} value={card.number} onWrite={write('number')} mode="numeric">
        {canScan() ? (
          <button type="button" className="in-field" aria-label={t('find.scan')} onClick={() => setScanning(true)}>
            <Icon name="scan" />
          </button>
        ) : null}
      </Field>
      <Field id="card-phone" label={t('newcomer.phone')} value={card.phone} onWrite={write('phone')} mode="tel" />
      <Field id="card-name" label={t('newcomer.name')} value={card.name} onWrite={write('name')} mode="text" />
      <label className="field">
        <span className="label">{t('newcomer.birthday')}</span>
        <input type="date" value={card.birthday} onChange={(event) => write('birthday')(event.target.value)} />
      </label>
      {problem === null ? (
        <p className="hint">{t('newcomer.cardHint')}</p>
      ) : (
        <Notice tone={problem.kind === 'refused' ? 'bad' : 'unsure'}>
          {problem.kind === 'refused' ? say(problem) : t('newcomer.uncertain')}
        </Notice>
      )}
      <button
        type="submit"
        className="button button-main"
        disabled={sending || card.number.trim() === '' || card.phone.trim() === ''}
      >
        {sending ? t('newcomer.sending') : t('newcomer.issue')}
      </button>
      {scanning ? (
        <Scan
          onCode={(code) => {
            setScanning(false);
            write('number')(code);
          }}
          onClose={() => setScanning(false)}
        />
      ) : null}
    </form>
  );
}

function Field(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onWrite: (value: string) => void;
  readonly mode: 'numeric' | 'tel' | 'text';
  readonly children?: ReactNode;
}) {
  return (
    <div className="field">
      <label className="label" htmlFor={props.id}>
        {props.label}
      </label>
      <div className="query">
        <input
          id={props.id}
          value={props.value}
          inputMode={props.mode}
          autoComplete="off"
          maxLength={props.mode === 'text' ? 200 : 40}
          onChange={(event) => props.onWrite(event.target.value)}
        />
        {props.children}
      </div>
    </div>
  );
}
