export { activateCard, type CardsPlatform, type CardWish } from './activate-card.ts';
export { accountOfNumber, cardNumberOf } from './card-number.ts';
export { blockCardsOf } from './forget.store.ts';
export { type Name, readCardNumber, readDay, readName } from './model.ts';
export { nextFreeCard } from './next-free-card.ts';
export { numberOfMember } from './number-of-member.ts';
export { rangeOfNumber } from './range-of-number.ts';
export { cardRoutes as preparedCardRoutes } from './routes.ts';
