export {
  type FollowedLink,
  followLink,
  type Invitation,
  invitationOf,
  noteVisit,
  tenantOfCode,
  type Visit,
} from './invite.ts';
export { isRobot } from './model.ts';
export { referralRoutes } from './routes.ts';
export { referralSettingsOf, referralSettingsOfGroup, saveReferralSettings } from './settings.ts';
