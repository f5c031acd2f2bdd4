import { Chip } from '../parts/chip.tsx'
import { Icon } from '../parts/icon.tsx'
import type { Finding } from './evidence.ts'
import { speakerName } from './speaker.ts'
import type { FocusOfTalk } from './use-focus-of-talk.ts'

function Details({ finding, focus }: { finding: Finding; focus: FocusOfTalk }) {
  const { item } = finding
  return (
    <div className="finding-details">
      {finding.citations.map(({ turn, quote }) => (
        <blockquote key={`${turn} ${quote}`}>
          <button type="button" className="finding-quote" onClick={() => focus.seek(turn)}>
            “{quote}”<span className="finding-turn">{turn}</span>
          </button>
        </blockquote>
      ))}
      {item?.inferred !== undefined && (
        <p>Nobody said this. It was added because: {item.inferred}</p>
      )}
      {finding.why !== undefined && <p>{finding.why}</p>}
      {finding.planned !== undefined && (
        <p>
          In the plan as {finding.planned.refs.join(', ')}
          {finding.planned.tasks.length > 0 && `, done by task ${finding.planned.tasks.join(', ')}`}
          .
        </p>
      )}
      {item !== undefined && (
        <p>
          {item.saidBy !== undefined && <>Said by {speakerName(item.saidBy)}. </>}
          Priority “{item.priority.level}”: {item.priority.reason}
        </p>
      )}
    </div>
  )
}

/** One thing that the talk asked for; pointing at it lights the words that it rests on. */
export function FindingItem({ finding, focus }: { finding: Finding; focus: FocusOfTalk }) {
  const { id, words, item } = finding
  const open = focus.chosen === id
  const look = () => focus.hover(id)
  const leave = () => focus.hover(undefined)
  return (
    <li className="finding" data-finding={id} data-lit={focus.lit?.id === id}>
      <button
        type="button"
        className="finding-head"
        aria-expanded={open}
        onClick={() => focus.choose(open ? undefined : id)}
        onPointerEnter={look}
        onPointerLeave={leave}
        onFocus={look}
        onBlur={leave}
      >
        <span className="finding-id">{id}</span>
        <span className="finding-words">
          {words}
          {item?.inferred !== undefined && (
            <>
              {' '}
              <Chip tone="ask">inferred</Chip>
            </>
          )}
        </span>
        {item !== undefined && (
          <span className={`finding-priority finding-${item.priority.level}`}>
            {item.priority.level}
          </span>
        )}
        {item === undefined && <Icon name="question" />}
      </button>
      {open && <Details finding={finding} focus={focus} />}
    </li>
  )
}
