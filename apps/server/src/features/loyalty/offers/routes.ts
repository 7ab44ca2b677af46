import type { Http } from '../../../platform/http/index.ts';
import { certificateRoutes } from './certificates.routes.ts';
import { couponRoutes } from './coupons.routes.ts';
import { type CouponRoutesOptions, kindRoutes } from './kinds.routes.ts';

/** Coupons, their kinds and codes, certificates. */
export function offerRoutes(http: Http, options: CouponRoutesOptions): void {
  kindRoutes(http, options);
  couponRoutes(http, options);
  certificateRoutes(http, options);
}
