import { useEffect, useRef } from 'react';

/**
 * The browser's and the phone's «back» lead through the till's own depth instead of out of it. `depth` 0 is the first screen;
 * `address` is what stands after `#`.
 */
export function useBack(depth: number, address: string, onBack: () => void): void {
  const written = useRef(0);
  const ownPops = useRef(0);
  const latest = useRef({ depth, onBack });
  latest.current = { depth, onBack };
  useEffect(() => {
    const url = address === '' ? location.pathname : `#${address}`;
    if (depth > written.current) {
      history.pushState(null, '', url);
      written.current = depth;
    } else if (depth < written.current) {
      ownPops.current += 1;
      history.go(depth - written.current);
      written.current = depth;
    }
  }, [depth, address]);
  useEffect(() => {
    const onPop = () => {
      if (ownPops.current > 0) {
        ownPops.current -= 1;
        return;
      }
      written.current = Math.max(0, written.current - 1);
      latest.current.onBack();
    };
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
}
