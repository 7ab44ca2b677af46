/**
 * What can be known of one device and one card, where `r` is the registration, `d` the device and `p` the card. A device asks
 * for its list under its own name, so it is known what it has heard of; it fetches with the card's token, under no name, so of
 * several devices that have heard of a version it is not known which of them have it.
 */
const HEARD = 'greatest(d.told_sequence, r.heard_sequence)';

const NOT_ALONE = `exists (select from apple_registrations o where o.company_id = $1
  and o.pass_type_identifier = r.pass_type_identifier and o.serial = r.serial and o.device_id <> r.device_id)`;

/** It has not asked since the card changed. What the only device of a card has fetched by hand, it has. */
const NOT_ASKED = `(r.update_sequence > ${HEARD}
  or p.update_sequence > ${HEARD} and (p.fetched_version < p.content_version or ${NOT_ALONE}))`;

/** Whether the device is behind with the card, as far as is known. */
export const BEHIND = `(p.fetched_version < p.content_version or ${NOT_ASKED})`;

/**
 * The same in a word, for people. What was fetched before a device registered, another one may have fetched: see
 * `PassDevice` of the contract.
 */
export const HOLDS = `case when ${NOT_ASKED} then 'not_asked' when p.fetched_version < p.content_version then 'not_fetched'
  when r.update_sequence > p.update_sequence or ${NOT_ALONE} then 'told' else 'current' end`;
