import { renderSign } from '@tessera/look/sign.ts';
import { useMemo } from 'react';

/** The sign; `closing` plays its one motion when something has succeeded. */
export function Sign({ size = 28, closing = false }: { readonly size?: number; readonly closing?: boolean }) {
  const drawing = useMemo(() => ({ __html: renderSign({ size, closing }) }), [size, closing]);
  // Our own drawing, made from constants.
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the markup comes from @tessera/look, never from data
  return <span className="sign" dangerouslySetInnerHTML={drawing} />;
}
