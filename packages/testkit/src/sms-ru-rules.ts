/** The convention by which the last two digits of a phone decide what becomes of a message, and the codes of sms.ru. */

/** How the fake treats a message that is well formed. */
export type SmsOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'refused'; readonly code: number }
  /** The first try meets HTTP 500, later ones work. */
  | { readonly kind: 'fails_once' }
  /** Taken, but the connection never answers. */
  | { readonly kind: 'hangs_after_accepting' }
  /** Status reports come in the wrong order and twice. */
  | { readonly kind: 'disordered_callbacks' };

/** 01 delivered, 02 expired, 03 bad number, 04 stop list, 05 no money, 06 first call fails, 07 hangs, 08 odd callbacks. */
export function outcomeOf(phone: string): SmsOutcome {
  switch (phone.slice(-2)) {
    case '02':
      return { kind: 'expired' };
    case '03':
      return { kind: 'refused', code: 202 };
    case '04':
      return { kind: 'refused', code: 209 };
    case '05':
      return { kind: 'refused', code: 201 };
    case '06':
      return { kind: 'fails_once' };
    case '07':
      return { kind: 'hangs_after_accepting' };
    case '08':
      return { kind: 'disordered_callbacks' };
    default:
      return { kind: 'delivered' };
  }
}

const texts: Readonly<Record<number, string>> = {
  [-1]: 'Сообщение не найдено',
  100: 'Запрос выполнен или сообщение находится в очереди',
  102: 'Сообщение в пути',
  103: 'Сообщение доставлено',
  104: 'Не доставлено: истекло время жизни',
  201: 'Не хватает средств на счету',
  202: 'Неправильно указан номер получателя',
  203: 'Нет текста сообщения',
  205: 'Сообщение слишком длинное',
  207: 'Нет пути для доставки или указано слишком много номеров',
  209: 'Номер в стоп-листе',
  210: 'Нужен POST',
  211: 'Метод не найден',
  231: 'Такое же сообщение на этот номер отправлено меньше минуты назад',
  301: 'Неправильный api_id',
};

/** A human sentence for a code, as the service adds to failures. */
export function describeCode(code: number): string {
  return texts[code] ?? `Код ${code}`;
}

/** Parts that a text takes: 70 characters in one, 67 in each of several (UCS-2), or 160 and 153 for plain ASCII. */
export function countParts(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the basic GSM alphabet is close enough to ASCII here
  const [single, joined] = /^[\x00-\x7f]*$/.test(text) ? [160, 153] : [70, 67];
  return text.length <= single ? 1 : Math.ceil(text.length / joined);
}
