import { useEffect, useRef } from 'react'
import type { Brief } from '../../../src/domain/brief.ts'
import { percent } from '../format/count.ts'
import { Empty, Note } from '../parts/note.tsx'
import { useKeptScroll } from '../routing/use-kept-scroll.ts'
import { bringIntoSight } from './bring-into-sight.ts'
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
        <span title="What clients said that carries a need, wish, limit or decision, and that this accounts for">
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

/** A finding that was chosen on the talk's side may be out of sight on its own. */
function useShownInSight(shown: FocusOfTalk['shown']) {
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    if (shown === undefined || pane.current === null) return
    bringIntoSight(pane.current, `[data-finding="${CSS.escape(shown.finding)}"]`)
  }, [shown])
  return pane
}

/** What the talk asked for, each with the words that it rests on. */
export function BriefPane({ brief, groups, focus }: BriefPaneProps) {
  const pane = useShownInSight(focus.shown)
  useKeptScroll(pane, 'briefScrolledTo')
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
