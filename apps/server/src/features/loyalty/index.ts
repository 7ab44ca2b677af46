import type { Platform } from '../../platform/context.ts';
import type { InTurn } from '../../platform/in-turn.ts';
import type { RulesLibrary } from './rules.ts';

/** What the use cases of this feature need besides the house. */
export type LoyaltyPlatform = Platform & { readonly rules: RulesLibrary; readonly inTurn: InTurn };

export { type AccountView, findAccount, viewAccount } from './account-view.ts';
export { selectGroups as accountGroups } from './accounts.store.ts';
export { explainEntry } from './explain.ts';
export type { AccountGroup, CheckSource, GrantAnswer, ReturnAnswer, SaleAnswer } from './model.ts';
export { type NewAccount, type OpenedAccount, openAccount } from './open-account.ts';
export { quoteSale } from './quote-sale.ts';
export { selectChecks as listChecks, selectEntries as listEntries } from './reads.store.ts';
export { refillAccount } from './refill.ts';
export { registerCheck, type Sale, type SaleOptions } from './register-check.ts';
export { type CheckKey, returnCheck } from './return-check.ts';
export { createRulesLibrary, type RulesLibrary } from './rules.ts';
export { BONUS_PROGRAMME, createGroup, createProgramme } from './set-up.ts';
