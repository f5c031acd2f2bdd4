import { type FormEvent, useId, useState } from 'react'
import type { BuildQuestion } from '../../../src/domain/build.ts'
import { useBuildAnswer } from '../api/actions.ts'
import { formatTime } from '../format/time.ts'
import { Button } from '../parts/button.tsx'
import { Note, ProblemNote } from '../parts/note.tsx'
import './question.css'

interface QuestionProps {
  projectId: string
  buildId: string
  question: BuildQuestion
}

interface TextAnswerProps {
  busy: boolean
  onAnswer: (text: string) => void
}

function TextAnswer({ busy, onAnswer }: TextAnswerProps) {
  const id = useId()
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '') onAnswer(text)
  }
  return (
    <form className="question-text" onSubmit={submit}>
      <label htmlFor={id}>Your answer</label>
      <textarea
        id={id}
        rows={2}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" kind="primary" busy={busy}>
        Answer
      </Button>
    </form>
  )
}

/** A question that a build waits on, with a button for each answer that it takes. */
export function BuildQuestionNote({ projectId, buildId, question }: QuestionProps) {
  const { input_id: id, options, accepts_text: acceptsText, expires_at: expiresAt } = question
  const answer = useBuildAnswer(projectId, buildId)
  const busy = answer.isPending || answer.isSuccess
  return (
    <section className="question" aria-label="Question of the agent">
      <Note tone="ask" title="The agent asks">
        <p className="question-words">{question.question}</p>
        <div className="question-options">
          {options.map((option) => (
            <Button
              key={option.id}
              busy={busy}
              onClick={() => answer.mutate({ question: id, option: option.id })}
            >
              {option.label}
            </Button>
          ))}
        </div>
        {acceptsText && (
          <TextAnswer busy={busy} onAnswer={(text) => answer.mutate({ question: id, text })} />
        )}
        {expiresAt !== undefined && (
          <p className="small muted">Without an answer it goes on at {formatTime(expiresAt)}.</p>
        )}
      </Note>
      {answer.isError && <ProblemNote error={answer.error} />}
    </section>
  )
}
