import type { V0Method } from '../v0.ts';
import { accountMethods } from './accounts.ts';
import { checkMethods } from './checks.ts';
import { transactions } from './transactions.ts';
import { updateAccount } from './update-account.ts';

/** Every method behind the token. */
export const METHODS: readonly V0Method[] = [...accountMethods, transactions, updateAccount, ...checkMethods];
