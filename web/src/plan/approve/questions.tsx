import { type FormEvent, useId, useState } from 'react'
import type { BriefView } from '../../../../src/http/views.ts'
import { useAnswers } from '../../api/plan-actions.ts'
import { count } from '../../format/count.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/note.tsx'
import { type AnswerDraft, answersFrom, type Asked, askedBy } from './answers.ts'

interface QuestionProps {
  asked: Asked
  draft: AnswerDraft
  onChange: (draft: AnswerDraft) => void
}

function Sides({ asked, draft, onChange }: QuestionProps) {
  return asked.sides.map(({ turn, quote }) => (
    <label key={turn} className="check-option">
      <input
        type="radio"
        name={`holds-${asked.id}`}
        checked={draft.holds === turn}
        onChange={() => onChange({ ...draft, holds: turn })}
      />
      <span>
        “{quote}” <span className="trace-turn mono">{turn}</span> holds
      </span>
    </label>
  ))
}

function Question(props: QuestionProps) {
  const { asked, draft, onChange } = props
  const field = useId()
  return (
    <li>
      <fieldset className="answer">
        <legend>
          <span className="trace-ref">{asked.id}</span> {asked.words}
          {asked.why !== '' && <span className="approve-why">{asked.why}</span>}
        </legend>
        <Sides {...props} />
        <label htmlFor={field} className="unseen">
          Answer to {asked.id}
        </label>
        <textarea
          id={field}
          className="textarea"
          rows={2}
          maxLength={20_000}
          placeholder={asked.sides.length > 0 ? 'Or in your own words' : 'Your answer'}
          value={draft.text}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
        />
      </fieldset>
    </li>
  )
}

const empty: AnswerDraft = { text: '' }

function OpenList({ asked }: { asked: readonly Asked[] }) {
  return (
    <ul>
      {asked.map(({ id, words, why }) => (
        <li key={id}>
          <span className="trace-ref">{id}</span> {words}
          {why !== '' && <span className="approve-why">{why}</span>}
        </li>
      ))}
    </ul>
  )
}

interface QuestionsProps {
  id: string
  view: BriefView
  mayAnswer: boolean
}

function AnswerForm({
  id,
  view,
  asked,
}: Omit<QuestionsProps, 'mayAnswer'> & { asked: readonly Asked[] }) {
  const answer = useAnswers(id)
  const [drafts, setDrafts] = useState<ReadonlyMap<string, AnswerDraft>>(new Map())
  const answers = answersFrom(asked, drafts)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!answer.isPending && answers.length > 0) {
      answer.mutate({ briefVersion: view.version, answers })
    }
  }
  return (
    <form onSubmit={submit}>
      <ul>
        {asked.map((one) => (
          <Question
            key={one.id}
            asked={one}
            draft={drafts.get(one.id) ?? empty}
            onChange={(draft) => setDrafts(new Map([...drafts, [one.id, draft]]))}
          />
        ))}
      </ul>
      <div className="approve-actions">
        <Button type="submit" busy={answer.isPending} disabled={answers.length === 0}>
          Answer and plan anew
        </Button>
        <span className="muted">What stays without an answer stays open.</span>
      </div>
      {answer.isError && <ProblemNote error={answer.error} />}
    </form>
  )
}

/** What the talk left open, to be answered on the spot; the answers lead to a new version of the plan. */
export function Questions({ id, view, mayAnswer }: QuestionsProps) {
  const asked = askedBy(view.brief)
  if (asked.length === 0) return <p className="small muted">No question was left open.</p>
  return (
    <details open={asked.length <= 4}>
      <summary>{count(asked.length, 'open question')}</summary>
      {mayAnswer ? <AnswerForm id={id} view={view} asked={asked} /> : <OpenList asked={asked} />}
    </details>
  )
}
