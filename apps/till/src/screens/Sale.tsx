import { useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { type EntryStyle, toMinor } from '../flow/amount-entry.ts';
import { canConfirm, currentQuote, overspends, type Sale as SaleState, spendMax } from '../flow/flow.ts';
import { PIECE, sayQuantity } from '../flow/lines.ts';
import type { Till } from '../flow/use-till.ts';
import { CouponButton, CouponMisfits } from '../parts/Coupons.tsx';
import { GuestCard } from '../parts/GuestCard.tsx';
import { GuestSheet } from '../parts/GuestSheet.tsx';
import { Keypad } from '../parts/Keypad.tsx';
import { Lines } from '../parts/Lines.tsx';
import { Notice } from '../parts/Notice.tsx';
import { GivenStamps, Rewards } from '../parts/StampCards.tsx';
import { useReading } from '../texts/reading.tsx';
import { AmountField, SpendField } from './SaleFields.tsx';

interface SaleProps {
  readonly sale: SaleState;
  readonly entry: EntryStyle;
  readonly till: Till;
  readonly api: TillApi;
  readonly sound: boolean;
  readonly onSignedOut: () => void;
  /** A scanned card is being looked up. */
  readonly busy: boolean;
}

/** The guest, the sum, what it earns, what may be spent, and the button that books it. */
export function Sale(props: SaleProps) {
  const { sale, entry, till, busy } = props;
  const { t, separators, problem } = useReading();
  // On a low screen the keypad comes in place of the slider, when a number of one's own is wanted.
  const [typing, setTyping] = useState(false);
  const [about, setAbout] = useState(false);
  const [itemising, setItemising] = useState(false);
  return (
    <div className="screen sale" data-field={sale.field} data-typing={typing ? '' : undefined}>
      <div className="column column-read">
        <GuestCard guest={sale.guest} onMore={() => setAbout(true)} />
        {sale.problem === null ? null : (
          <Notice tone={sale.problem.kind === 'refused' ? 'bad' : 'unsure'}>
            {sale.problem.kind === 'unreachable' && sale.problem.message === ''
              ? t('sale.notCounted')
              : problem(sale.problem)}
          </Notice>
        )}
        {sale.guest.blocked ? null : <CouponMisfits quote={currentQuote(sale, entry)} />}
        {sale.guest.blocked ? null : <Outcome sale={sale} entry={entry} />}
      </div>
      {sale.guest.blocked ? (
        <div className="column column-act">
          <button type="button" className="button button-main" onClick={() => till.dispatch({ type: 'next' })}>
            {t('guest.change')}
          </button>
        </div>
      ) : (
        <div className="column column-act">
          <AmountField sale={sale} entry={entry} till={till} onLines={() => setItemising(true)} />
          {sale.field === 'spend' ? (
            <SpendField sale={sale} entry={entry} till={till} onType={() => setTyping(true)} />
          ) : null}
          {sale.lines.length > 0 && sale.field === 'amount' ? (
            <LineList sale={sale} onOpen={() => setItemising(true)} />
          ) : (
            <Keypad
              left={{
                key: entry === 'comma' ? ',' : '00',
                label: entry === 'comma' ? t('key.comma') : '00',
                shown: entry === 'comma' ? separators.decimal : '00',
              }}
              onKey={(key) => till.dispatch({ type: 'key', key, style: entry })}
            />
          )}
          <Actions sale={sale} entry={entry} till={till} busy={busy} onLeave={() => setTyping(false)} />
        </div>
      )}
      {about ? (
        <GuestSheet
          guest={sale.guest}
          api={props.api}
          sound={props.sound}
          onShown={(guest) => till.dispatch({ type: 'shown', guest })}
          onSignedOut={props.onSignedOut}
          onClose={() => setAbout(false)}
        />
      ) : null}
      {itemising ? (
        <Lines
          lines={sale.lines}
          entry={entry}
          onChange={(lines) => till.dispatch({ type: 'lines', lines })}
          onClose={() => setItemising(false)}
        />
      ) : null}
    </div>
  );
}

/** In the place of the keys while the sum is that of lines: a touch opens them. */
function LineList({ sale, onOpen }: Pick<SaleProps, 'sale'> & { readonly onOpen: () => void }) {
  const { t, money, separators } = useReading();
  return (
    <button type="button" className="line-list" aria-label={t('lines.edit')} onClick={onOpen}>
      <ul>
        {sale.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <li key={index}>
            <span>{line.name === '' ? t('lines.unnamed', { count: index + 1 }) : line.name}</span>
            <small>{sayQuantity(line.quantityThousandths ?? PIECE, separators.decimal)}</small>
            <strong>{money(line.amount)}</strong>
          </li>
        ))}
      </ul>
    </button>
  );
}

/** What the sale will do, from the last quote; keeps its place while the next one is on the way. */
function Outcome({ sale, entry }: Pick<SaleProps, 'sale' | 'entry'>) {
  const { t, points, money } = useReading();
  const quote = currentQuote(sale, entry);
  const last = quote ?? sale.quoted?.answer ?? null;
  const some = toMinor(sale.amount, entry) > 0;
  // Where a discount is all that the programme gives, nobody expects points.
  const pointless = sale.guest.discount?.alone === true && (last === null || last.earn === 0);
  return (
    <section className="outcome" aria-live="polite" data-stale={quote === null && some ? '' : undefined}>
      <dl className="figures">
        {pointless ? null : (
          <div>
            <dt>{t('sale.earn')}</dt>
            <dd className={last !== null && some && last.earn > 0 ? 'gain' : ''}>
              {last === null || !some ? '–' : last.earn > 0 ? `+${points(last.earn)}` : t('sale.earnNothing')}
            </dd>
          </div>
        )}
        {last !== null && some && (last.discount ?? 0) > 0 ? (
          <div>
            <dt>{t('sale.discount')}</dt>
            <dd>−{money(last.discount ?? 0)}</dd>
          </div>
        ) : null}
        {last !== null && some && last.spend > 0 ? (
          <div>
            <dt>{t('sale.spent')}</dt>
            <dd>{points(last.spend)}</dd>
          </div>
        ) : null}
        {sale.quoted?.question.deposit !== undefined && last !== null && some ? (
          <div>
            <dt>{t('deposit.title')}</dt>
            <dd>{money(sale.quoted.question.deposit.amount)}</dd>
          </div>
        ) : null}
        {last?.certificate && some ? (
          <div>
            <dt>{t('coupon.certificate')}</dt>
            <dd>{money(last.certificate.pays)}</dd>
          </div>
        ) : null}
        {last !== null && some ? <GivenStamps cards={last.cards} /> : null}
        <div className="pays">
          <dt>{t('sale.toPay')}</dt>
          <dd className="to-pay">{last === null || !some ? '–' : money(last.toPay)}</dd>
        </div>
      </dl>
      {some && last !== null ? <Rewards rewards={last.rewards} /> : null}
      {/* The nearest one: a cashier says one thing, and a small screen has room for one. */}
      {some && last?.hints[0] !== undefined ? <p className="nearly">{last.hints[0].message}</p> : null}
      {some && last !== null && last.reasons.length > 0 ? (
        <ul className="reasons">
          {last.reasons.map((reason) => (
            <li key={reason.code}>{reason.message}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Actions({
  sale,
  entry,
  till,
  busy,
  onLeave,
}: Pick<SaleProps, 'sale' | 'entry' | 'till' | 'busy'> & { readonly onLeave: () => void }) {
  const { t, points, pointsNumber, money } = useReading();
  const max = spendMax(sale, entry);
  const quote = currentQuote(sale, entry);
  const ready = canConfirm(sale, entry);
  const waiting = busy || sale.armed;
  const { discount, balance } = sale.guest;
  return (
    <div className="row row-actions">
      {sale.field === 'amount' ? <CouponButton sale={sale} till={till} quote={quote} /> : null}
      {sale.field === 'spend' ? (
        <button
          type="button"
          className="button button-plain"
          onClick={() => {
            onLeave();
            till.dispatch({ type: 'field', field: 'amount' });
          }}
        >
          {t('sale.amount')}
        </button>
      ) : discount?.alone && balance === 0 ? null : (
        <button
          type="button"
          className="button button-plain button-two"
          disabled={max === null || max === 0}
          onClick={() => till.dispatch({ type: 'field', field: 'spend' })}
        >
          <span>{quote !== null && quote.spend > 0 ? t('sale.spent') : t('sale.spendTitle')}</span>
          <small>
            {max === null
              ? '…'
              : max === 0
                ? t('sale.spendNothing')
                : quote !== null && quote.spend > 0
                  ? points(quote.spend)
                  : t('sale.spendUpTo', { points: pointsNumber(max) })}
          </small>
        </button>
      )}
      <button
        type="button"
        className="button button-main button-two"
        disabled={!ready || waiting}
        data-confirm
        onClick={() => till.dispatch({ type: 'arm' })}
      >
        {busy ? (
          t('sale.searching')
        ) : toMinor(sale.amount, entry) === 0 ? (
          t('sale.enterAmount')
        ) : (
          <>
            <span>{sale.armed ? t('sale.counting') : t('sale.confirm')}</span>
            <small>{quote === null ? (overspends(sale, entry) ? '–' : '…') : money(quote.toPay)}</small>
          </>
        )}
      </button>
    </div>
  );
}
