import type { TillReturnAnswer } from '@tessera/contract';
import { useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem } from '../api/problem.ts';
import { signal } from '../device/feedback.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Notice } from '../parts/Notice.tsx';
import { Sign } from '../parts/Sign.tsx';
import { useReading } from '../texts/reading.tsx';
import type { RecentSale } from './recent-sale.ts';

type State =
  | { readonly step: 'ask'; readonly problem: Problem | null }
  | { readonly step: 'sending' }
  | { readonly step: 'done'; readonly answer: TillReturnAnswer };

interface ReturnProps {
  readonly sale: RecentSale;
  readonly api: TillApi;
  readonly sound: boolean;
  readonly onClose: () => void;
  readonly onSignedOut: () => void;
}

/** Takes a whole sale back: says what will happen, asks once, says what did. The server gives the first answer to a repeat. */
export function Return(props: ReturnProps) {
  const { sale, api, sound } = props;
  const { t } = useReading();
  const [state, setState] = useState<State>({ step: 'ask', problem: null });
  const takeBack = async () => {
    setState({ step: 'sending' });
    const answer = await api.takeBack(sale.checkId);
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
        <Question sale={sale} state={state} onConfirm={() => void takeBack()} onClose={props.onClose} />
      )}
    </Dialog>
  );
}

function Question(props: {
  readonly sale: RecentSale;
  readonly state: Exclude<State, { step: 'done' }>;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const { sale, state, onConfirm, onClose } = props;
  const { t, money, points, moment, problem } = useReading();
  const sending = state.step === 'sending';
  const trouble = state.step === 'ask' ? state.problem : null;
  return (
    <>
      <h2 className="heading">{sale.status === 'partly_returned' ? t('return.restTitle') : t('return.title')}</h2>
      <p className="return-what">
        <strong>{sale.name === '' ? t('guest.unnamed') : sale.name}</strong>
        <span className="hint">{moment(sale.occurredAt)}</span>
        <span className="figure">{money(sale.amount)}</span>
      </p>
      {sale.status === 'partly_returned' ? null : (
        <dl className="figures">
          <div>
            <dt>{t('return.money')}</dt>
            <dd>{money(sale.amount - sale.spent)}</dd>
          </div>
          {sale.spent > 0 ? (
            <div>
              <dt>{t('return.pointsBack')}</dt>
              <dd>+{points(sale.spent)}</dd>
            </div>
          ) : null}
          {sale.accrued > 0 ? (
            <div>
              <dt>{t('return.clawBack')}</dt>
              <dd>−{points(sale.accrued)}</dd>
            </div>
          ) : null}
        </dl>
      )}
      <p className="hint">{t('return.effect')}</p>
      {trouble === null ? null : (
        <Notice tone={trouble.kind === 'refused' ? 'bad' : 'unsure'}>
          {trouble.kind === 'refused' ? problem(trouble) : t('return.uncertain')}
        </Notice>
      )}
      <div className="stack">
        <button type="button" className="button button-bad" disabled={sending} onClick={onConfirm}>
          {sending ? t('return.sending') : trouble?.kind === 'unreachable' ? t('return.retry') : t('return.confirm')}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: a dialog that destroys starts on the harmless button */}
        <button type="button" className="button button-plain" disabled={sending} onClick={onClose} autoFocus>
          {t('return.cancel')}
        </button>
      </div>
    </>
  );
}

function Returned({ answer, onClose }: { readonly answer: TillReturnAnswer; readonly onClose: () => void }) {
  const { t, money, points } = useReading();
  return (
    <>
      <div className="end-words" role="status">
        <Sign size={72} closing />
        <h2 className="heading">{t('return.doneTitle')}</h2>
        <p className="label">{t('return.handBack')}</p>
        <p className="figure">{money(answer.moneyBack)}</p>
      </div>
      <dl className="figures">
        {answer.pointsBack > 0 ? (
          <div>
            <dt>{t('return.pointsReturned')}</dt>
            <dd>+{points(answer.pointsBack)}</dd>
          </div>
        ) : null}
        {answer.clawedBack > 0 ? (
          <div>
            <dt>{t('return.clawedBack')}</dt>
            <dd>−{points(answer.clawedBack)}</dd>
          </div>
        ) : null}
        {answer.depositBack > 0 ? (
          <div>
            <dt>{t('return.depositBack')}</dt>
            <dd>+{money(answer.depositBack)}</dd>
          </div>
        ) : null}
        {answer.rewardsWithdrawn > 0 ? (
          <div>
            <dt>{t('return.rewardsWithdrawn')}</dt>
            <dd>{String(answer.rewardsWithdrawn)}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t('return.balance')}</dt>
          <dd>{points(answer.balance)}</dd>
        </div>
        {answer.debt > 0 ? (
          <div>
            <dt>{t('return.debt')}</dt>
            <dd>{points(answer.debt)}</dd>
          </div>
        ) : null}
      </dl>
      {/* biome-ignore lint/a11y/noAutofocus: Enter closes what has been read */}
      <button type="button" className="button button-main" onClick={onClose} autoFocus>
        {t('return.close')}
      </button>
    </>
  );
}
