import { useCallback, useEffect, useRef, useState } from 'react'

/** A pointer on its way across a list must not set the talk in motion. */
const restMs = 140

/**
 * What the pointer or the focus rests on. `rest` tells where it is (undefined: nowhere); `onRest`
 * is called once it has stayed there.
 */
export function useRest(onRest: (id: string) => void) {
  const [resting, setResting] = useState<string>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const rest = useCallback(
    (id: string | undefined) => {
      clearTimeout(timer.current)
      if (id === undefined) {
        setResting(undefined)
        return
      }
      timer.current = setTimeout(() => {
        setResting(id)
        onRest(id)
      }, restMs)
    },
    [onRest],
  )
  return { resting, rest }
}
