import type { Kind } from './state.ts';

const common = `id classId state barcode rotatingBarcode messages validTimeInterval textModulesData linksModuleData
imageModulesData merchantLocations heroImage groupingInfo linkedObjectIds appLinkData valueAddedModuleData
smartTapRedemptionValue passConstraints saveRestrictions disableExpirationNotification notifyPreference version
hasUsers hasLinkedDevice classReference kind locations infoModuleData`;
const commonClass = `id kind version messages textModulesData linksModuleData imageModulesData merchantLocations callbackOptions
classTemplateInfo enableSmartTap redemptionIssuers multipleDevicesAndHoldersAllowedStatus securityAnimation
viewUnlockRequirement appLinkData valueAddedModuleData`;
const branded = `issuerName localizedIssuerName reviewStatus review countryCode hexBackgroundColor homepageUri heroImage
notifyPreference locations infoModuleData allowMultipleUsersPerObject`;

/** Every field that a resource of a kind may have; another one is refused as Google refuses unknown names. */
const texts: Readonly<Record<Kind, string>> = {
  loyaltyClass: `${commonClass} ${branded} programName localizedProgramName programLogo wideProgramLogo wordMark accountNameLabel
    localizedAccountNameLabel accountIdLabel localizedAccountIdLabel rewardsTier localizedRewardsTier rewardsTierLabel
    localizedRewardsTierLabel secondaryRewardsTier localizedSecondaryRewardsTier secondaryRewardsTierLabel
    localizedSecondaryRewardsTierLabel discoverableProgram`,
  genericClass: commonClass,
  offerClass: `${commonClass} ${branded} title localizedTitle provider localizedProvider titleImage wideTitleImage
    redemptionChannel details localizedDetails finePrint localizedFinePrint helpUri shortTitle localizedShortTitle`,
  eventTicketClass: `${commonClass} ${branded} eventName eventId logo wideLogo venue dateTime confirmationCodeLabel
    customConfirmationCodeLabel seatLabel customSeatLabel rowLabel customRowLabel sectionLabel customSectionLabel gateLabel
    customGateLabel finePrint`,
  giftCardClass: `${commonClass} ${branded} merchantName localizedMerchantName programLogo wideProgramLogo pinLabel
    localizedPinLabel eventNumberLabel localizedEventNumberLabel allowBarcodeRedemption cardNumberLabel localizedCardNumberLabel`,
  loyaltyObject: `${common} accountName accountId loyaltyPoints secondaryLoyaltyPoints linkedOfferIds`,
  genericObject: `${common} genericType cardTitle header subheader logo wideLogo hexBackgroundColor notifications`,
  offerObject: common,
  eventTicketObject: `${common} seatInfo reservationInfo ticketHolderName ticketNumber ticketType faceValue hexBackgroundColor
    linkedOfferIds`,
  giftCardObject: `${common} cardNumber pin balance balanceUpdateTime eventNumber`,
};

const split = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
export const knownFields = Object.fromEntries(
  Object.entries(texts).map(([kind, text]) => [kind, split(text)]),
) as Readonly<Record<Kind, ReadonlySet<string>>>;

/** Without these nothing is taken. */
export const requiredFields: Readonly<Record<Kind, readonly string[]>> = {
  loyaltyClass: ['issuerName|localizedIssuerName', 'programName|localizedProgramName', 'programLogo', 'reviewStatus'],
  genericClass: [],
  offerClass: [
    'issuerName|localizedIssuerName',
    'title|localizedTitle',
    'provider|localizedProvider',
    'redemptionChannel',
    'reviewStatus',
  ],
  eventTicketClass: ['issuerName|localizedIssuerName', 'eventName', 'reviewStatus'],
  giftCardClass: ['issuerName|localizedIssuerName', 'reviewStatus'],
  loyaltyObject: ['classId', 'state'],
  genericObject: ['classId', 'state', 'cardTitle', 'header'],
  offerObject: ['classId', 'state'],
  eventTicketObject: ['classId', 'state'],
  giftCardObject: ['classId', 'state', 'cardNumber'],
};
