import type { TillAuthorise } from '@tessera/contract';
import type { Problem } from '../api/problem.ts';
import type { Flow } from './flow.ts';

/** Whose PIN is asked for, and the refusal that asked for it: the same one is asked about once. */
export interface PinWanted {
  readonly whom: TillAuthorise;
  readonly problem: Problem;
}

/** The server would not go on without a PIN of the guest: by the phone that was typed, or for the guest who is shown. */
export function pinWanted(flow: Flow): PinWanted | null {
  if (flow.step === 'find' && flow.problem?.code === 'pin_needed' && isPhone(flow.query)) {
    return { whom: { phone: flow.query }, problem: flow.problem };
  }
  if (flow.step !== 'sale' || flow.busy || flow.sale.problem?.code !== 'pin_needed') return null;
  return { whom: { accountId: flow.sale.guest.accountId }, problem: flow.sale.problem };
}

/** A name needs no PIN of its own: the cashier is asked for the phone. */
const isPhone = (query: string): boolean => !/\p{L}/u.test(query) && query.replace(/\D/g, '').length >= 7;
