import type { AccountDetail } from '@tessera/contract';

type Guest = AccountDetail['guest'];

/** First, middle and last name in the order they are said; '' when the guest left none. */
export const guestName = (guest: Guest): string =>
  [guest.firstName, guest.middleName, guest.lastName].filter((part) => part !== '').join(' ');

/** E.164 digits of the main phone, else of any. */
export function mainPhone(guest: Guest): string | undefined {
  const phones = guest.identifiers.filter((identifier) => identifier.kind === 'phone');
  return (phones.find((phone) => phone.main) ?? phones[0])?.value.replace(/^\+/, '');
}
