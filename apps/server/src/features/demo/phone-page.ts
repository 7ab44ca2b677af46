import type { DemoPhonePageData, PhoneLogKind } from '@tessera/guest';
import { epochMilliseconds, maskPhone } from '@tessera/look';
import type { Phone, PhoneSnapshot } from '@tessera/testkit';
import { cardOnPhone } from './card-on-phone.ts';
import type { DemoCard } from './store.ts';
import type { DemoWorld } from './world.ts';

/** What phone and server said to each other, in the words of the page. */
function logKind({ kind, status }: PhoneSnapshot['requests'][number]): PhoneLogKind | null {
  if (typeof status !== 'number' || status >= 400) return 'failed';
  switch (kind) {
    case 'register':
      return 'installed';
    case 'unregister':
      return 'removed';
    case 'list':
      return status === 204 ? 'unchanged' : 'asked';
    case 'get':
      return status === 304 ? 'unchanged' : 'fetched';
    default:
      return null;
  }
}

/** The page's data of the phone as it stands. */
export function describePhone(
  { phone, apns }: Pick<DemoWorld, 'phone' | 'apns'>,
  cards: readonly DemoCard[],
): Pick<DemoPhonePageData, 'card' | 'notices' | 'automaticUpdates' | 'candidates' | 'log'> {
  const snapshot = phone.snapshot();
  const held = snapshot.cards[0];
  const card = held && cardOnPhone(held);
  return {
    ...(card ? { card } : {}),
    notices: [...snapshot.messages].reverse().map(({ at, title, text }) => ({
      at,
      organizationName: title,
      text,
      ...(card?.images.icon ? { icon: card.images.icon } : {}),
    })),
    automaticUpdates: held?.automaticUpdates ?? true,
    candidates: cards.map(({ guid, serial, name, phone: number }) => ({
      id: guid,
      label: `${name || '—'}, ${maskPhone(number)}`,
      current: serial === held?.serialNumber,
    })),
    log: describeLog(snapshot, pushesTo(apns, phone)),
  };
}

type LogLine = DemoPhonePageData['log'][number];

const pushesTo = (apns: DemoWorld['apns'], phone: Phone): LogLine[] =>
  apns.pushes().flatMap(({ token, at }) => (token === phone.pushToken() ? [{ at, kind: 'pushed' as const }] : []));

/** Pushes and requests in one line of time, newest first. */
function describeLog(snapshot: PhoneSnapshot, pushes: readonly LogLine[]): LogLine[] {
  const requests = snapshot.requests.flatMap((record): LogLine[] => {
    const kind = logKind(record);
    return kind ? [{ at: record.at, kind, ...(kind === 'failed' ? { reason: String(record.status) } : {}) }] : [];
  });
  const newestFirst = (one: LogLine, other: LogLine) => epochMilliseconds(other.at) - epochMilliseconds(one.at);
  // Sorting keeps the order of equals, and a request follows the push of its millisecond.
  return [...requests.reverse(), ...[...pushes].reverse()].sort(newestFirst);
}
