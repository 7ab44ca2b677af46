import type { Permission } from '@tessera/contract';

export type Role = 'owner' | 'manager' | 'cashier';

/** Who may do what: the one table. */
const allowed: Record<Role, readonly Permission[]> = {
  owner: [
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
  ],
  manager: [
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
  ],
  cashier: ['till.sell', 'till.return'],
};

export const may = (role: Role, permission: Permission): boolean => allowed[role].includes(permission);

/** What a PIN at a till opens, whoever types it: a PIN is short, and a till stands among people. */
const allowedByPin: readonly Permission[] = ['till.sell', 'till.return', 'coupons.read', 'tills.read'];

/** What a session may do: one that a PIN has opened no more than a till needs. */
export const maySession = ({ user, byPin }: { user: Pick<User, 'role'>; byPin: boolean }, asked: Permission): boolean =>
  may(user.role, asked) && (!byPin || allowedByPin.includes(asked));

/** `email` is null for who has a PIN only. */
export type User = { userId: number; email: string | null; name: string; role: Role; blocked: boolean };

export type TokenKind = 'permanent' | 'access' | 'refresh';
/** What an API token stands for; `role` is that of its user, null for a permanent one, which is nobody's. */
export type ApiClient = { companyId: number; kind: TokenKind; userId: number | null; role: Role | null };

/** What a program may do with a token: to act as a till does. What an owner sets up, he sets up himself. */
const allowedToPrograms: readonly Permission[] = [
  'accounts.read',
  'accounts.adjust',
  'passes.read',
  'passes.write',
  'till.sell',
  'till.return',
  'coupons.read',
  'api.use',
];

/** A user's token may do no more than the user. */
export const mayProgram = ({ role }: Pick<ApiClient, 'role'>, permission: Permission): boolean =>
  allowedToPrograms.includes(permission) && (role === null || may(role, permission));

export const SESSION_DAYS = 30;
export const ACCESS_TOKEN_SECONDS = 3_600;
export const REFRESH_TOKEN_DAYS = 30;
