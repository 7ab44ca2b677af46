import { useState } from 'react';
import { ANSWER_WITHIN_MS } from '../api/client.ts';
import type { Flow } from '../flow/flow.ts';
import type { Till } from '../flow/use-till.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Sign } from '../parts/Sign.tsx';
import { GivenStamps, Rewards } from '../parts/StampCards.tsx';
import { useReading } from '../texts/reading.tsx';

/** The sale is on its way. */
export function Sending({ flow }: { readonly flow: Extract<Flow, { step: 'sending' }> }) {
  const { t, money } = useReading();
  return (
    <div className="screen end end-sending" role="status">
      <div className="end-words">
        <Sign size={96} apart />
        <h1 className="heading">{t('sale.sending')}</h1>
        <p className="figure">{money(flow.operation.toPay)}</p>
        <p className="hint">{t('sale.sendingHint')}</p>
      </div>
    </div>
  );
}

/** The halves close: what the guest pays, what was spent and earned, what is on the card now. */
export function Done(props: { readonly flow: Extract<Flow, { step: 'done' }>; readonly onNext: () => void }) {
  const { t, money, points } = useReading();
  const { answer, guestName } = props.flow;
  // A discount instead of points: noughts would say nothing.
  const pointless = (answer.discount ?? 0) > 0 && answer.accrued + answer.spent + answer.balance === 0;
  return (
    <div className="screen end end-done">
      <div className="end-words" role="status">
        <Sign size={112} closing />
        <h1 className="heading">{t('done.title')}</h1>
        {guestName === '' ? null : <p className="end-name">{guestName}</p>}
        <p className="label">{t('done.toPay')}</p>
        <p className="figure">{money(answer.toPay)}</p>
        {answer.levelReached === null ? null : (
          <p className="level-reached">{t('done.level', { level: answer.levelReached })}</p>
        )}
        <dl className="figures">
          {answer.discount ? (
            <div>
              <dt>{t('sale.discount')}</dt>
              <dd>−{money(answer.discount)}</dd>
            </div>
          ) : null}
          {answer.certificate ? (
            <div>
              <dt>{t('coupon.certificate')}</dt>
              <dd>{money(answer.certificate.paid)}</dd>
            </div>
          ) : null}
          {answer.certificate && answer.certificate.left > 0 ? (
            <div>
              <dt>{t('coupon.certificateLeft')}</dt>
              <dd>{money(answer.certificate.left)}</dd>
            </div>
          ) : null}
          {answer.spent > 0 ? (
            <div>
              <dt>{t('done.spent')}</dt>
              <dd>−{points(answer.spent)}</dd>
            </div>
          ) : null}
          {pointless ? null : (
            <div>
              <dt>{t('done.accrued')}</dt>
              <dd className="gain">{answer.accrued > 0 ? `+${points(answer.accrued)}` : points(0)}</dd>
            </div>
          )}
          <GivenStamps cards={answer.cards} />
          {pointless ? null : (
            <div>
              <dt>{t('done.balance')}</dt>
              <dd>{points(answer.balance)}</dd>
            </div>
          )}
        </dl>
        <Rewards rewards={answer.rewards} />
      </div>
      <div className="end-act">
        <button type="button" className="button button-main" onClick={props.onNext}>
          {t('done.next')}
        </button>
      </div>
    </div>
  );
}

/** No answer: what is known, that a repeat is safe, and the ways on. */
export function Uncertain(props: {
  readonly flow: Extract<Flow, { step: 'uncertain' }>;
  readonly till: Till;
  readonly onShowSales: () => void;
}) {
  const { flow, till } = props;
  const { t, money, moment, problem } = useReading();
  const [forgetting, setForgetting] = useState(false);
  const texts = {
    offline: 'uncertain.offline',
    timeout: 'uncertain.timeout',
    broken: 'uncertain.broken',
    busy: 'uncertain.busy',
  } as const;
  const why =
    flow.problem.kind === 'refused'
      ? problem(flow.problem)
      : t(texts[flow.problem.code], { seconds: ANSWER_WITHIN_MS / 1000 });
  return (
    <div className="screen end end-uncertain">
      <div className="end-words" role="alert">
        <Sign size={96} apart colour="one" />
        <h1 className="heading">{t('uncertain.title')}</h1>
        <p className="figure">{money(flow.operation.toPay)}</p>
        <p className="label">{t('uncertain.made', { moment: moment(flow.operation.madeAtMs) })}</p>
        <p>{why}</p>
        <p>
          <strong>{t('uncertain.safe')}</strong>
        </p>
      </div>
      <div className="end-act">
        <button type="button" className="button button-main" onClick={() => till.dispatch({ type: 'retry' })}>
          {t('uncertain.retry')}
        </button>
        <div className="row">
          <button type="button" className="button button-plain" onClick={props.onShowSales}>
            {t('sales.title')}
          </button>
          <button type="button" className="button button-plain" onClick={() => till.dispatch({ type: 'next' })}>
            {t('uncertain.later')}
          </button>
        </div>
        <p className="hint">{t('uncertain.laterHint')}</p>
        <button type="button" className="button button-text" onClick={() => setForgetting(true)}>
          {t('uncertain.forget')}
        </button>
      </div>
      {forgetting ? (
        <Dialog label={t('uncertain.forget')} onClose={() => setForgetting(false)}>
          <h2 className="heading">{t('uncertain.forgetTitle', { amount: money(flow.operation.toPay) })}</h2>
          <p>{t('uncertain.forgetText')}</p>
          <div className="row">
            <button type="button" className="button button-plain" onClick={() => setForgetting(false)}>
              {t('uncertain.keep')}
            </button>
            <button type="button" className="button button-bad" onClick={till.forget}>
              {t('uncertain.forgetConfirm')}
            </button>
          </div>
        </Dialog>
      ) : null}
    </div>
  );
}
