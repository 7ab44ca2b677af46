import type { TillQuoteAnswer } from '@tessera/contract';
import { type ReactNode, useState } from 'react';
import { type Codes, hasCode, withCoupon, withoutCode } from '../flow/codes.ts';
import type { Sale } from '../flow/flow.ts';
import type { Till } from '../flow/use-till.ts';
import { useReading } from '../texts/reading.tsx';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { Notice } from './Notice.tsx';

interface CouponsProps {
  readonly sale: Sale;
  readonly till: Till;
  readonly quote: TillQuoteAnswer | null;
}

/** At the thumb: how many coupons the guest has or the sale takes, and the way to all of them. */
export function CouponButton({ sale, till, quote }: CouponsProps) {
  const { t } = useReading();
  const [open, setOpen] = useState(false);
  const taken = sale.codes.coupons.length + (sale.codes.certificate === null ? 0 : 1) + (sale.deposit === null ? 0 : 1);
  const shown = taken > 0 ? taken : till.codes.own.length;
  return (
    <>
      <button
        type="button"
        className="button button-plain button-coupon"
        aria-label={taken > 0 ? t('coupon.taken', { count: taken }) : t('coupon.title')}
        aria-pressed={taken > 0}
        onClick={() => setOpen(true)}
      >
        <Icon name="ticket" />
        {shown > 0 ? <small aria-hidden="true">{shown}</small> : null}
      </button>
      {open ? <CouponSheet sale={sale} till={till} quote={quote} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** Why coupons of this sale give nothing: it cannot be booked until they are off. */
export function CouponMisfits({ quote }: Pick<CouponsProps, 'quote'>) {
  const misfits = (quote?.coupons ?? []).filter(({ message }) => message !== null);
  return misfits.map(({ code, name, message }) => (
    <Notice key={code} tone="bad">
      {name === '' ? message : `${name}. ${message}`}
    </Notice>
  ));
}

type Choice = { readonly code: string; readonly name: string; readonly detail: string };

/** The guest's own coupons as large buttons, and a field for the code of any other or of a certificate. */
function CouponSheet({ sale, till, quote, onClose }: CouponsProps & { readonly onClose: () => void }) {
  const { t, day, money } = useReading();
  const { own } = till.codes;
  const told = (code: string) =>
    quote?.coupons?.find((one) => hasCode({ coupons: [one.code], certificate: null }, code)) ?? null;
  const mine = own.map((coupon): Choice => {
    const detail = coupon.expiresAt === null ? t('coupon.noEnd') : t('coupon.until', { day: day(coupon.expiresAt) });
    return { code: coupon.code, name: coupon.name, detail };
  });
  const others = sale.codes.coupons
    .filter((code) => !own.some((one) => hasCode({ coupons: [one.code], certificate: null }, code)))
    .map((code): Choice => ({ code, name: told(code)?.name || code, detail: '' }));
  const { certificate } = sale.codes;
  const gift: Choice[] =
    certificate === null
      ? []
      : [
          {
            code: certificate,
            name: t('coupon.certificate'),
            detail: quote?.certificate ? money(quote.certificate.balance) : '',
          },
        ];
  const deposits = sale.guest.wallets.flatMap((wallet) =>
    wallet.kind === 'deposit' && wallet.available > 0 ? [wallet] : [],
  );
  const close = () => {
    till.codes.close();
    onClose();
  };
  const choose = (codes: Codes) => {
    till.dispatch({ type: 'codes', codes });
    close();
  };
  return (
    <Dialog label={t('coupon.title')} onClose={close}>
      <h2 className="heading">{t('coupon.title')}</h2>
      <div className="stack choices-of-sale">
        {[...mine, ...others, ...gift].map((choice) => {
          const taken = hasCode(sale.codes, choice.code);
          return (
            <CouponChoice
              key={choice.code}
              choice={choice}
              taken={taken}
              onChoose={() =>
                choose(taken ? withoutCode(sale.codes, choice.code) : withCoupon(sale.codes, choice.code))
              }
            />
          );
        })}
        {deposits.map((wallet) => {
          const taken = sale.deposit === wallet.id;
          const most = quote?.deposits.find((one) => one.wallet === wallet.id)?.most ?? null;
          const detail =
            most === null
              ? money(wallet.available)
              : t('deposit.pays', { available: money(wallet.available), most: money(most) });
          return (
            <CouponChoice
              key={wallet.id}
              choice={{ code: wallet.id, name: wallet.name, detail }}
              taken={taken}
              onChoose={() => {
                till.dispatch({ type: 'deposit', wallet: taken ? null : wallet.id });
                close();
              }}
            />
          );
        })}
      </div>
      <CodeField till={till} onTaken={onClose}>
        <button type="button" className="button button-plain" onClick={close}>
          {t('coupon.close')}
        </button>
      </CodeField>
    </Dialog>
  );
}

function CouponChoice(props: { readonly choice: Choice; readonly taken: boolean; readonly onChoose: () => void }) {
  const { name, detail } = props.choice;
  const { t } = useReading();
  return (
    <button
      type="button"
      className="button button-plain button-two coupon-choice"
      aria-pressed={props.taken}
      onClick={props.onChoose}
    >
      <span>{name}</span>
      <small>{props.taken ? t('coupon.takeOff') : detail}</small>
    </button>
  );
}

function CodeField(props: { readonly till: Till; readonly onTaken: () => void; readonly children: ReactNode }) {
  const { till, onTaken } = props;
  const { t, problem } = useReading();
  const [code, setCode] = useState('');
  const { busy } = till.codes;
  const look = async () => {
    if (code.trim() !== '' && (await till.codes.look(code.trim()))) onTaken();
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <label className="label" htmlFor="coupon-code">
        {t('coupon.field')}
      </label>
      <div className="query">
        <input
          id="coupon-code"
          value={code}
          onChange={(event) => setCode(event.target.value)}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={80}
        />
      </div>
      {till.codes.problem === null ? (
        <p className="hint">{t('coupon.hint')}</p>
      ) : (
        <Notice tone={till.codes.problem.kind === 'refused' ? 'bad' : 'unsure'}>{problem(till.codes.problem)}</Notice>
      )}
      <div className="row">
        {props.children}
        <button type="submit" className="button button-main" disabled={busy || code.trim() === ''}>
          {busy ? t('coupon.checking') : t('coupon.take')}
        </button>
      </div>
    </form>
  );
}
