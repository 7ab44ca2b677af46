export { type CardCounts, countCards } from './forget.store.ts';
export { deleteCards, forgetCards } from './forget-cards.ts';
export { selectHeldCards as heldCardsOf, selectHeldMessages as heldMessagesOf } from './held.store.ts';
