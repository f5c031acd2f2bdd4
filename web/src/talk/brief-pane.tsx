import { useEffect, useRef } from 'react'
import type { Brief } from '../../../src/domain/brief.ts'
import { percent } from '../format/count.ts'
import { Empty, Note } from '../parts/note.tsx'
import type { FindingGroup } from './evidence.ts'
import { FindingItem } from './finding-item.tsx'
import type { FocusOfTalk } from './use-focus-of-talk.ts'

interface BriefPaneProps {
  brief: Brief | undefined
  groups: readonly FindingGroup[]
  focus: FocusOfTalk
}

function Measures({ brief }: { brief: Brief }) {
  const maker = brief.madeBy.kind === 'offline' ? 'Found offline, without a model' : 'Found by'
  return (
    <>
      <p className="brief-measures small muted numbers">
        <span title="Turns with a need, wish, limit or decision that this accounts for">
          {percent(brief.coverage)} covered
        </span>
        <span title="Citations that stand in the talk letter for letter">
          {percent(brief.faithfulness)} verbatim
        </span>
        <span>{brief.madeBy.kind === 'offline' ? maker : `${maker} ${brief.madeBy.name}`}</span>
      </p>
      {!brief.language.supported && (
        <Note tone="ask">
          The talk seems to be in another language ({brief.language.code}) than this analyst
          understands. Read the result with care.
        </Note>
      )}
    </>
  )
}

/** A finding that was chosen from a turn may be out of sight in its own pane. */
function useChosenInSight(chosen: string | undefined) {
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    if (chosen === undefined || pane.current === null) return
    const item = pane.current.querySelector(`[data-finding="${CSS.escape(chosen)}"]`)
    const outer = pane.current.getBoundingClientRect()
    const inner = item?.getBoundingClientRect()
    if (inner === undefined || (inner.top >= outer.top && inner.bottom <= outer.bottom)) return
    pane.current.scrollTo({ top: pane.current.scrollTop + inner.top - outer.top - 64 })
  }, [chosen])
  return pane
}

/** What the talk asked for, each with the words that it rests on. */
export function BriefPane({ brief, groups, focus }: BriefPaneProps) {
  const pane = useChosenInSight(focus.chosen)
  return (
    <section className="talk-pane talk-brief panel" aria-label="What it asked for" ref={pane}>
      <div className="talk-pane-head">
        <h2>What it asked for</h2>
      </div>
      {brief === undefined ? (
        <Empty title="Not analysed yet">
          <p>What the talk asked for appears here as soon as it is worked out.</p>
        </Empty>
      ) : (
        <div className="brief">
          <Measures brief={brief} />
          {brief.summary !== '' && <p className="small">{brief.summary}</p>}
          {groups.map((group) => (
            <section key={group.name} className="brief-group">
              <h3 className="overline">{group.name}</h3>
              <ul>
                {group.findings.map((finding) => (
                  <FindingItem key={finding.id} finding={finding} focus={focus} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </section>
  )
}
