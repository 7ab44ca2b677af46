export type { ActivateCheck, ActivateOutcome } from './activate.ts';
export type { TransferOutcome } from './outcomes.ts';
export type { Transfer, TransferDecision } from './transfer.ts';
export { decideTransfer } from './transfer.ts';
