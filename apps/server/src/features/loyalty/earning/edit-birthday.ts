import { type Result, refuse, succeed } from '@tessera/contract';
import type { Tenant } from '../../../platform/database/index.ts';
import { changeBirthday } from '../../guests/index.ts';
import type { LoyaltyPlatform } from '../loyalty-platform.ts';
import { askForBirthdayOfGuest } from './birthdays.store.ts';

const OLDEST_YEAR = 1900;

/**
 * Fills in, edits or takes back a guest's birthday, and has his accounts looked at: a gift may be due by the new day.
 * @returns guest_not_found, value_invalid for a day that is none, lies ahead or before 1900
 */
export async function editBirthday(
  platform: LoyaltyPlatform,
  tenant: Tenant,
  guestId: number,
  birthday: string | null,
): Promise<Result<null>> {
  const now = platform.clock.now();
  if (birthday !== null && !isPastDay(birthday, now))
    return refuse('value_invalid', { field: 'birthday', value: birthday });
  return tenant.transaction(async (transaction) => {
    const { companyId } = transaction;
    if (!(await changeBirthday(transaction, companyId, guestId, birthday, now))) return refuse('guest_not_found');
    await askForBirthdayOfGuest(transaction, companyId, guestId, now);
    return succeed(null);
  });
}

/** Whether it is a day that somebody alive may have been born on. */
export function isPastDay(text: string, now: Temporal.Instant): boolean {
  try {
    const day = Temporal.PlainDate.from(text);
    // Somewhere it is already tomorrow.
    const latest = now.toZonedDateTimeISO('UTC').toPlainDate().add({ days: 1 });
    return day.year >= OLDEST_YEAR && Temporal.PlainDate.compare(day, latest) <= 0;
  } catch {
    return false;
  }
}
