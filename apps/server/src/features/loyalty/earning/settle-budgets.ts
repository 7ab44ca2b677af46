import type { BudgetRoom, ReturnOutcome, SaleOutcome } from '@tessera/loyalty';
import type { CompanionWrite } from '../companions.ts';
import { drawBudget, undrawBudget } from './budgets.store.ts';

/** Budgets are locked in the order of their ids, so that two sales never wait for each other in a circle. */
const inOrder = (rooms: readonly BudgetRoom[]): BudgetRoom[] =>
  rooms.toSorted((a, b) => (a.budgetId < b.budgetId ? -1 : 1));

/** What a sale draws from campaign budgets, in one transaction with it. A budget that has less by now is a lost race. */
export const budgetsOfSale = (programmeId: number, { drawn }: SaleOutcome): CompanionWrite[] =>
  inOrder(drawn).map((room) => (transaction) => drawBudget(transaction, programmeId, room));

/** What a return gives back to them. */
export const budgetsOfReturn = (programmeId: number, { undrawn }: ReturnOutcome): CompanionWrite[] =>
  inOrder(undrawn).map((room) => async (transaction) => {
    await undrawBudget(transaction, programmeId, room);
    return true;
  });
