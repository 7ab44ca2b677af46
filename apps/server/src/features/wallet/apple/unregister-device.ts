import { deleteRegistration } from '../store/registrations.ts';
import type { PassInTenant } from './authenticate-pass.ts';

/**
 * The card was deleted from a phone, or its updates were turned off (Apple, "Unregister a pass for update
 * notifications"). Nothing to delete is fine: the phone asks again after a lost answer.
 */
export async function unregisterDevice({ tenant, pass }: PassInTenant, deviceId: string): Promise<void> {
  const key = { passTypeIdentifier: pass.passTypeIdentifier, deviceId };
  await tenant.transaction((transaction) => deleteRegistration(transaction, key, pass.serial));
}
