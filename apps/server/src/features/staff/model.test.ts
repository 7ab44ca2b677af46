import type { Permission } from '@tessera/contract';
import { describe, expect, test } from 'vitest';
import { may, maySession, type Role } from './model.ts';

const permissions = [
  'accounts.read',
  'designs.read',
  'designs.write',
  'forms.read',
  'forms.write',
  'devices.read',
  'passes.read',
  'passes.write',
  'campaigns.read',
  'campaigns.write',
  'credentials.read',
  'credentials.write',
  'till.sell',
  'till.return',
  'programmes.read',
  'programmes.write',
  'accounts.adjust',
  'guests.erase',
  'accounts.import',
  'accounts.export',
  'coupons.read',
  'coupons.write',
  'receipts.review',
  'tills.read',
  'tills.write',
  'staff.write',
  'staff.pins',
  'api.use',
] as const satisfies readonly Permission[];
// Fails to compile when a permission is added and not listed here.
const complete: [Exclude<Permission, (typeof permissions)[number]>] extends [never] ? true : never = true;

const allowedTo = (role: Role) => permissions.filter((permission) => may(role, permission));

describe('who may do what', () => {
  test('an owner may do everything', () => {
    expect(complete).toBe(true);
    expect(allowedTo('owner')).toEqual(permissions);
  });

  test('a manager sees everything but certificates, and changes neither rules nor whole files of guests', () => {
    expect(allowedTo('manager')).toEqual([
      'accounts.read',
      'designs.read',
      'designs.write',
      'forms.read',
      'forms.write',
      'devices.read',
      'passes.read',
      'passes.write',
      'campaigns.read',
      'campaigns.write',
      'till.sell',
      'till.return',
      'programmes.read',
      'accounts.adjust',
      'guests.erase',
      'coupons.read',
      'coupons.write',
      'receipts.review',
      'tills.read',
      'staff.pins',
      'api.use',
    ]);
  });

  test('a cashier sells and takes back, and sees neither lists nor the API of tills', () => {
    expect(allowedTo('cashier')).toEqual(['till.sell', 'till.return']);
  });

  test('a PIN opens the till, also for an owner, and never the console', () => {
    const byPin = (role: Role) =>
      permissions.filter((permission) => maySession({ user: { role }, byPin: true }, permission));
    expect(byPin('owner')).toEqual(['till.sell', 'till.return', 'coupons.read', 'tills.read']);
    expect(byPin('manager')).toEqual(['till.sell', 'till.return', 'coupons.read', 'tills.read']);
    expect(byPin('cashier')).toEqual(['till.sell', 'till.return']);
  });
});
