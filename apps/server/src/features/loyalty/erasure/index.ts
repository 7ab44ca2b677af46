export { closeAccount } from './close-account.ts';
export { forgetMember } from './forget-member.ts';
export { type Holding, holdingsOf } from './holdings.ts';
