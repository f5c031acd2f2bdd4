import { useCallback, useMemo, useState } from 'react'
import type { Finding, FindingGroup } from './evidence.ts'
import { useRest } from './use-rest.ts'

export interface FocusOfTalk {
  /** Which of the two is shown where both have no room. */
  side: 'talk' | 'brief'
  setSide: (side: 'talk' | 'brief') => void
  /** The finding whose words are lit: the one under the pointer, else the chosen one. */
  lit: Finding | undefined
  /** The finding that was chosen and stays open. */
  chosen: string | undefined
  choose: (id: string | undefined) => void
  /** Chooses a finding from the talk's side, where its own side may be out of sight. */
  show: (id: string) => void
  /** The finding to bring into sight; a new object each time it is asked for. */
  shown: { finding: string } | undefined
  hover: (id: string | undefined) => void
  /** The turn that shows what became of it. */
  openTurn: string | undefined
  toggleTurn: (turn: string) => void
  /** The turn to bring into sight; a new object each time it is asked for. */
  sought: { turn: string } | undefined
  seek: (turn: string) => void
}

/** What somebody looks at in the talk, and what belongs to it on the other side. */
export function useFocusOfTalk(groups: readonly FindingGroup[]): FocusOfTalk {
  const [side, setSide] = useState<'talk' | 'brief'>('talk')
  const [chosen, setChosen] = useState<string>()
  const [openTurn, setOpenTurn] = useState<string>()
  const [shown, setShown] = useState<{ finding: string }>()
  const [sought, setSought] = useState<{ turn: string }>()
  const findings = useMemo(
    () => new Map(groups.flatMap((group) => group.findings).map((found) => [found.id, found])),
    [groups],
  )
  const seekFirst = useCallback(
    (id: string) => {
      const turn = findings.get(id)?.citations[0]?.turn
      if (turn !== undefined) setSought({ turn })
    },
    [findings],
  )
  const { resting, rest: hover } = useRest(seekFirst)
  const choose = useCallback(
    (id: string | undefined) => {
      setChosen(id)
      if (id !== undefined) seekFirst(id)
    },
    [seekFirst],
  )
  const show = useCallback((id: string) => {
    setSide('brief')
    setChosen(id)
    setShown({ finding: id })
  }, [])
  const toggleTurn = useCallback(
    (turn: string) => setOpenTurn((open) => (open === turn ? undefined : turn)),
    [],
  )
  const seek = useCallback((turn: string) => {
    setSide('talk')
    setSought({ turn })
  }, [])
  const lit = findings.get(resting ?? chosen ?? '')
  return {
    side,
    setSide,
    lit,
    chosen,
    choose,
    show,
    shown,
    hover,
    openTurn,
    toggleTurn,
    sought,
    seek,
  }
}
