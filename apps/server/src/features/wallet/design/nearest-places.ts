import type { Anchor } from '../model.ts';
import type { DesignPlace } from './body.ts';

/** A pass with more places is refused whole, by Apple and by Google. */
export const PLACES_ON_CARD_MAX = 10;

/**
 * The places that a card carries: the ten nearest to where its guest comes to, nearest first; of places equally near the
 * one that stands first in the design. Without an anchor the first ten.
 */
export function nearestPlaces(places: readonly DesignPlace[], anchor: Anchor | null): readonly DesignPlace[] {
  if (!anchor || places.length <= PLACES_ON_CARD_MAX) return places.slice(0, PLACES_ON_CARD_MAX);
  return places
    .map((place) => ({ place, distance: angleBetween(place, anchor) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, PLACES_ON_CARD_MAX)
    .map(({ place }) => place);
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The angle between two points of the globe as seen from its centre, radians (haversine formula). */
function angleBetween(one: Anchor, other: Anchor): number {
  const latitude = Math.sin(radians(other.latitude - one.latitude) / 2);
  const longitude = Math.sin(radians(other.longitude - one.longitude) / 2);
  const square = latitude ** 2 + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * longitude ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(square)));
}
