import type { Translate } from '../../platform/texts.ts';
import { fit, type PackageProblem } from './model.ts';
import { document, element } from './xml.ts';

const TEXT_MAX = 255;
const HOLDER_MAX = 39;
/** Any number but 0: the station only tells 0 from others. */
const ERROR_CODE = 1;

/** What a station shows of a card. Sums in kopecks. */
export type CardInfo = {
  accountId: number;
  guestId: number;
  holder: string;
  blocked: boolean;
  discountCode: number | undefined;
  bonusCode: number | undefined;
  /** What can be spent now. */
  spendable: bigint;
  screen: string;
  print: string;
};

const flag = (set: boolean): number => (set ? 1 : 0);

/** `Root > GetCardInfoEx`: every flag is named, because stations differ in what they take a missing one for. */
export function cardFound(card: CardInfo, t: Translate): string {
  const info = {
    Result: 0,
    Deleted: 0,
    Seize: 0,
    StopDate: 0,
    Holy: 0,
    Manager: 0,
    Locked: flag(card.blocked),
    WhyLock: card.blocked ? fit(t('server:farcards.blocked'), TEXT_MAX) : '',
    Holder: fit(card.holder, HOLDER_MAX),
    PersonID: card.guestId,
    Account: card.accountId,
    Unpay: 0,
    Bonus: card.bonusCode ?? 0,
    Discount: card.discountCode ?? 0,
    DiscLimit: 0,
    Summa: card.spendable,
    DopInfo: fit(card.screen, TEXT_MAX),
    ScrMessage: fit(card.screen, TEXT_MAX),
    PrnMessage: fit(card.print, TEXT_MAX),
  };
  return document(element('Root', {}, [element('GetCardInfoEx', info)]));
}

export const cardNotFound = (t: Translate): string =>
  document(element('Root', {}, [element('GetCardInfoEx', { Result: 1, ScrMessage: t('server:farcards.unknown') })]));

export type TransactionDone = { card: string; count: number; externalId: string; slip: string };

/** `Root > TransactionsEx Result="0"` with the slip to be printed on the first transaction of the package. */
export function packageDone({ card, count, externalId, slip }: TransactionDone): string {
  const told = Array.from({ length: count }, (_, index) =>
    element('TRANSACTION', { cardcode: card, num: index + 1, ext_id: externalId, ...(index === 0 ? { slip } : {}) }),
  );
  const response = element('TRRESPONSE', { error_code: 0 }, told);
  return document(
    element('Root', {}, [element('TransactionsEx', { Result: 0 }, [element('OUTBUF', { OutKind: 1 }, [response])])]),
  );
}

/** Nothing was written: the cashier reads why. Since 6.04 an error comes with `Result="1"` and the text beside it. */
export function packageRefused(text: string): string {
  const response = element('TRRESPONSE', { error_code: ERROR_CODE, err_text: fit(text, TEXT_MAX) });
  return document(
    element('Root', {}, [element('TransactionsEx', { Result: 1 }, [element('OUTBUF', { OutKind: 1 }, [response])])]),
  );
}

export const problemText = (problem: PackageProblem, t: Translate): string => t(`server:farcards.${problem}`);

export const foundByText = (found: { accountId: number; card: string; name: string }): string =>
  document(
    element('Root', {}, [
      element('FindEmail', {
        Result: 0,
        Account: found.accountId,
        CardCode: found.card,
        Name: fit(found.name, HOLDER_MAX),
      }),
    ]),
  );

/** Guests leave no photograph with us, and a station shows the text instead. */
export const noImage = (t: Translate): string =>
  document(element('Root', {}, [element('GetCardImageEx', { ErrorText: t('server:farcards.no_image') })]));

/** The cashier reads why nobody was found. */
export const notFoundByText = (text: string): string =>
  document(element('Root', {}, [element('FindEmail', { Result: 1, ErrorText: fit(text, TEXT_MAX) })]));
