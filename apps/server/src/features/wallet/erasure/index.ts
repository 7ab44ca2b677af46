export { type CardCounts, countCards } from './forget.store.ts';
export { deleteCards, forgetCards } from './forget-cards.ts';
