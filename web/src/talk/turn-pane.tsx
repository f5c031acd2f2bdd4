import { type RefObject, useEffect, useMemo, useRef } from 'react'
import type { Brief } from '../../../src/domain/brief.ts'
import type { Turn } from '../../../src/domain/turn.ts'
import { count } from '../format/count.ts'
import { useKeptScroll } from '../routing/use-kept-scroll.ts'
import { useSearch } from '../routing/use-search.ts'
import { bringIntoSight } from './bring-into-sight.ts'
import {
  type FindingGroup,
  findingsByTurn,
  ledgerByTurn,
  needsByTurn,
  quotesIn,
} from './evidence.ts'
import { FateFilter, readFate } from './fate.tsx'
import { TurnItem } from './turn-item.tsx'
import type { FocusOfTalk } from './use-focus-of-talk.ts'

function useSoughtTurn(pane: RefObject<HTMLElement | null>, sought: FocusOfTalk['sought']): void {
  useEffect(() => {
    if (sought === undefined || pane.current === null) return
    bringIntoSight(pane.current, `[data-turn="${CSS.escape(sought.turn)}"]`)
  }, [pane, sought])
}

/** A press anywhere on a turn is its button's, except when words were selected. */
function useTurnPresses(pane: RefObject<HTMLElement | null>, press: (turn: string) => void): void {
  useEffect(() => {
    const element = pane.current
    const onClick = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.target.closest('button') !== null) return
      const turn = event.target.closest('[data-turn]')?.getAttribute('data-turn')
      const selects = window.getSelection()?.isCollapsed === false
      if (turn !== null && turn !== undefined && !selects) press(turn)
    }
    element?.addEventListener('click', onClick)
    return () => element?.removeEventListener('click', onClick)
  }, [pane, press])
}

interface TurnPaneProps {
  turns: readonly Turn[]
  groups: readonly FindingGroup[]
  brief: Brief | undefined
  focus: FocusOfTalk
}

/** Everything that was said, in order. */
export function TurnPane({ turns, groups, brief, focus }: TurnPaneProps) {
  const pane = useRef<HTMLElement>(null)
  const byTurn = useMemo(() => findingsByTurn(groups), [groups])
  const ledger = useMemo(() => ledgerByTurn(brief?.ledger ?? []), [brief])
  const needs = useMemo(() => needsByTurn(brief?.needs ?? []), [brief])
  useKeptScroll(pane, 'turnsScrolledTo')
  useSoughtTurn(pane, focus.sought)
  useTurnPresses(pane, focus.toggleTurn)
  const { lit, openTurn, sought, toggleTurn, show, seek } = focus
  const [search, changeSearch] = useSearch()
  const fate = readFate(search.get('turns'))
  const shown = turns.filter(
    // What somebody was led to is shown in any case.
    ({ id }) =>
      fate === undefined ||
      ledger.get(id)?.outcome === fate ||
      id === openTurn ||
      id === sought?.turn,
  )
  return (
    <section className="talk-pane talk-turns panel" aria-label="The talk" ref={pane}>
      <div className="talk-pane-head">
        <h2>The talk</h2>
        <span className="small muted">{count(turns.length, 'turn')}</span>
        <FateFilter
          ledger={ledger}
          fate={fate}
          onChoose={(chosen) => changeSearch({ turns: chosen ?? null })}
        />
      </div>
      <ol>
        {shown.map((turn) => (
          <TurnItem
            key={turn.id}
            turn={turn}
            lit={quotesIn(lit, turn.id).join('\n')}
            litQuotes={lit}
            findings={byTurn.get(turn.id)}
            entry={ledger.get(turn.id)}
            needs={needs.get(turn.id)}
            open={openTurn === turn.id}
            hasBrief={brief !== undefined}
            onToggle={toggleTurn}
            onChoose={show}
            onSeek={seek}
          />
        ))}
      </ol>
    </section>
  )
}
