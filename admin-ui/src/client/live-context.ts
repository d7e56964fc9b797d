import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LiveConnection, LiveState } from './live.ts';

export const LiveContext = createContext<LiveConnection | undefined>(undefined);

function useLive(): LiveConnection {
  const live = useContext(LiveContext);
  if (!live) throw new Error('This page stands outside the signed-in frame');
  return live;
}

export function useLiveState(): LiveState {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, live.state);
}

/** How often the connection came back after it broke: a subscription that can go on from a place starts again with it. */
export function useReconnects(): number {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, live.reconnects);
}
