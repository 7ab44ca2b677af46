import type { TillReturnPart, TillReturnWish, TillSaleDetail } from '@tessera/contract';
import { useEffect, useRef, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem } from '../api/problem.ts';
import { signal } from '../device/feedback.ts';
import { newOperationKey } from '../device/operation-key.ts';
import { fromPasted, toMinor } from '../flow/amount-entry.ts';
import { PIECE } from '../flow/lines.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Notice } from '../parts/Notice.tsx';
import { ReturnLines } from '../parts/ReturnLines.tsx';
import { Sign } from '../parts/Sign.tsx';
import { useReading } from '../texts/reading.tsx';
import type { RecentSale } from './recent-sale.ts';

/** What of the sale goes back. */
type Choice =
  | { readonly kind: 'all' }
  | { readonly kind: 'lines'; readonly thousandths: Readonly<Record<string, number>> }
  | { readonly kind: 'amount'; readonly text: string };

type State =
  | { readonly step: 'ask'; readonly problem: Problem | null }
  | { readonly step: 'sending' }
  | { readonly step: 'done'; readonly answer: TillReturnPart };

interface ReturnProps {
  readonly sale: RecentSale;
  readonly api: TillApi;
  readonly sound: boolean;
  readonly onClose: () => void;
  readonly onSignedOut: () => void;
}

const PREVIEW_AFTER_MS = 250;

/** Takes a sale back, whole or in part: says beforehand what will happen, asks once, says what did. */
export function Return(props: ReturnProps) {
  const { sale, api, sound } = props;
  const { t } = useReading();
  const [state, setState] = useState<State>({ step: 'ask', problem: null });
  const [choice, setChoice] = useState<Choice>({ kind: 'all' });
  const detail = useDetail(sale.checkId, api);
  const wish = wishOf(choice, detail);
  const preview = usePreview(sale.checkId, api, wish);
  // One key for one wish, however often it has to be sent.
  const key = useRef({ wish: '', operationKey: '' });
  const takeBack = async () => {
    if (wish === null) return;
    const text = JSON.stringify(wish);
    if (key.current.wish !== text) key.current = { wish: text, operationKey: newOperationKey(crypto) };
    setState({ step: 'sending' });
    const answer = await api.takeBack(sale.checkId, { operationKey: key.current.operationKey, ...wish });
    if (answer.ok) {
      signal('success', sound);
      return setState({ step: 'done', answer: answer.value });
    }
    if (needsSignIn(answer.problem)) props.onSignedOut();
    signal(answer.problem.kind === 'refused' ? 'failure' : 'doubt', sound);
    setState({ step: 'ask', problem: answer.problem });
  };
  const close = state.step === 'sending' ? () => undefined : props.onClose;
  return (
    <Dialog label={t('return.title')} onClose={close}>
      {state.step === 'done' ? (
        <Returned answer={state.answer} onClose={props.onClose} />
      ) : (
        <Question
          sale={sale}
          detail={detail}
          choice={choice}
          state={state}
          preview={preview}
          ready={wish !== null && preview.problem === null}
          onChoose={(next) => {
            setChoice(next);
            setState({ step: 'ask', problem: null });
          }}
          onConfirm={() => void takeBack()}
          onClose={props.onClose}
        />
      )}
    </Dialog>
  );
}

function wishOf(choice: Choice, detail: TillSaleDetail | null): TillReturnWish | null {
  if (choice.kind === 'all') return {};
  if (choice.kind === 'amount') {
    const text = fromPasted(choice.text, 'comma');
    const amount = text === null ? 0 : toMinor(text, 'comma');
    return amount > 0 ? { amount } : null;
  }
  const lines = (detail?.lines ?? []).flatMap(({ id }) => {
    const quantityThousandths = choice.thousandths[id] ?? 0;
    return quantityThousandths > 0 ? [{ id, quantityThousandths }] : [];
  });
  return lines.length > 0 ? { lines } : null;
}

function useDetail(checkId: number, api: TillApi): TillSaleDetail | null {
  const [detail, setDetail] = useState<TillSaleDetail | null>(null);
  useEffect(() => {
    let over = false;
    void api.sale(checkId).then((answer) => {
      if (!over && answer.ok) setDetail(answer.value);
    });
    return () => {
      over = true;
    };
  }, [checkId, api]);
  return detail;
}

interface Preview {
  /** Null while it is asked for. */
  readonly answer: TillReturnPart | null;
  readonly problem: Problem | null;
}

/** What the return would do, asked a moment after the last touch. */
function usePreview(checkId: number, api: TillApi, wish: TillReturnWish | null): Preview {
  const [preview, setPreview] = useState<Preview & { readonly of: string }>({ answer: null, problem: null, of: '' });
  const text = JSON.stringify(wish);
  useEffect(() => {
    if (text === 'null') return;
    let over = false;
    const timer = setTimeout(async () => {
      const answer = await api.previewReturn(checkId, JSON.parse(text) as TillReturnWish);
      if (over) return;
      // Without an answer the return can still be made: what it does is said afterwards.
      const refused = !answer.ok && answer.problem.kind === 'refused' ? answer.problem : null;
      setPreview({ answer: answer.ok ? answer.value : null, problem: refused, of: text });
    }, PREVIEW_AFTER_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [checkId, api, text]);
  return preview.of === text ? preview : { answer: null, problem: null };
}

function Question(props: {
  readonly sale: RecentSale;
  readonly detail: TillSaleDetail | null;
  readonly choice: Choice;
  readonly state: Exclude<State, { step: 'done' }>;
  readonly preview: Preview;
  readonly ready: boolean;
  readonly onChoose: (choice: Choice) => void;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const { sale, detail, choice, state, preview, onChoose, onConfirm, onClose } = props;
  const { t, money, moment, problem } = useReading();
  const sending = state.step === 'sending';
  const trouble = state.step === 'ask' ? (state.problem ?? preview.problem) : null;
  const itemised = (detail?.lines.length ?? 0) > 1 || (detail?.lines[0]?.quantityThousandths ?? PIECE) > PIECE;
  return (
    <>
      <p className="return-what">
        <strong>{sale.name === '' ? t('guest.unnamed') : sale.name}</strong>
        <span className="hint">
          {t('sales.number', { number: sale.number })} · {moment(sale.occurredAt)}
        </span>
        <span className="figure">{money(sale.amount)}</span>
      </p>
      <fieldset className="choice-row" aria-label={t('return.what')}>
        <button type="button" aria-pressed={choice.kind === 'all'} onClick={() => onChoose({ kind: 'all' })}>
          {sale.status === 'partly_returned' ? t('return.rest') : t('return.all')}
        </button>
        {itemised ? (
          <button
            type="button"
            data-lines
            aria-pressed={choice.kind === 'lines'}
            onClick={() => onChoose({ kind: 'lines', thousandths: {} })}
          >
            {t('return.lines')}
          </button>
        ) : (
          <button
            type="button"
            data-amount
            aria-pressed={choice.kind === 'amount'}
            onClick={() => onChoose({ kind: 'amount', text: '' })}
          >
            {t('return.amount')}
          </button>
        )}
      </fieldset>
      {choice.kind === 'lines' && detail !== null ? (
        <ReturnLines
          lines={detail.lines}
          thousandths={choice.thousandths}
          onChange={(thousandths) => onChoose({ kind: 'lines', thousandths })}
        />
      ) : null}
      {choice.kind === 'amount' ? (
        <label className="field">
          <span className="label">{t('return.amountOf', { left: money(detail?.left ?? sale.amount) })}</span>
          <input
            value={choice.text}
            inputMode="decimal"
            autoComplete="off"
            maxLength={16}
            onChange={(event) => onChoose({ kind: 'amount', text: event.target.value })}
          />
        </label>
      ) : null}
      {preview.answer === null ? (
        <p className="hint preview-wait">{props.ready ? t('return.counting') : t('return.choose')}</p>
      ) : (
        <Effect answer={preview.answer} />
      )}
      {trouble === null ? null : (
        <Notice tone={trouble.kind === 'refused' ? 'bad' : 'unsure'}>
          {trouble.kind === 'refused' ? problem(trouble) : t('return.uncertain')}
        </Notice>
      )}
      <p className="hint">{t('return.effect')}</p>
      <div className="stack">
        <button
          type="button"
          className="button button-bad"
          data-return
          disabled={sending || !props.ready}
          onClick={onConfirm}
        >
          {sending
            ? t('return.sending')
            : trouble?.kind === 'unreachable'
              ? t('return.retry')
              : preview.answer === null
                ? t('return.confirm')
                : t('return.confirmAmount', { amount: money(preview.answer.moneyBack) })}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: a dialog that destroys starts on the harmless button */}
        <button type="button" className="button button-plain" disabled={sending} onClick={onClose} autoFocus>
          {t('return.cancel')}
        </button>
      </div>
    </>
  );
}

/** What goes back, before it does and after. */
function Effect({ answer }: { readonly answer: TillReturnPart }) {
  const { t, money, points } = useReading();
  const { certificateBack = 0, couponsBack = 0 } = answer;
  const stamps = answer.cards.reduce((sum, card) => sum + card.takenBack, 0);
  const rows: [string, string][] = [[t('return.money'), money(answer.moneyBack)]];
  if (certificateBack > 0) rows.push([t('return.certificateBack'), `+${money(certificateBack)}`]);
  if (answer.depositBack > 0) rows.push([t('return.depositBack'), `+${money(answer.depositBack)}`]);
  if (answer.pointsBack > 0) rows.push([t('return.pointsBack'), `+${points(answer.pointsBack)}`]);
  if (answer.clawedBack > 0) rows.push([t('return.clawBack'), `−${points(answer.clawedBack)}`]);
  if (stamps > 0) rows.push([t('return.stampsBack'), `−${stamps}`]);
  if (answer.rewardsWithdrawn > 0) rows.push([t('return.rewardsWithdrawn'), String(answer.rewardsWithdrawn)]);
  rows.push([t('return.balance'), points(answer.balance)]);
  if (answer.debt > 0) rows.push([t('return.debt'), points(answer.debt)]);
  return (
    <>
      <dl className="figures">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {couponsBack > 0 ? <p className="word word-good">{t('return.coupons', { count: couponsBack })}</p> : null}
    </>
  );
}

function Returned({ answer, onClose }: { readonly answer: TillReturnPart; readonly onClose: () => void }) {
  const { t, money } = useReading();
  return (
    <>
      <div className="end-words" role="status">
        <Sign size={72} closing />
        <h2 className="heading">{answer.whole ? t('return.doneTitle') : t('return.doneTitlePart')}</h2>
        <p className="label">{t('return.handBack')}</p>
        <p className="figure">{money(answer.moneyBack)}</p>
      </div>
      <Effect answer={answer} />
      {/* biome-ignore lint/a11y/noAutofocus: Enter closes what has been read */}
      <button type="button" className="button button-main" onClick={onClose} autoFocus>
        {t('return.close')}
      </button>
    </>
  );
}
