import { useEffect, useRef } from 'react'

/** Calls when the element comes near the visible part: for lists that load on while one scrolls. */
export function useNear<E extends Element>(onNear: () => void, active: boolean) {
  const ref = useRef<E>(null)
  const latest = useRef(onNear)
  latest.current = onNear
  useEffect(() => {
    const element = ref.current
    if (!active || !element) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      rootMargin: '400px',
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [active])
  return ref
}
