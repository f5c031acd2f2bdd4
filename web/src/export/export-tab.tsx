import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { ProjectView } from '../../../src/http/views.ts'
import { plansQuery, projectPath } from '../api/queries.ts'
import { Icon } from '../parts/icon.tsx'
import { Empty, ProblemNote } from '../parts/note.tsx'
import './export.css'

interface ExportFile {
  path: string
  /** Under which it is kept, unless the server gives it a name. */
  file?: string
  name: string
  words: string
}

const ofPlan: readonly ExportFile[] = [
  {
    path: 'plan.zip',
    name: 'The .kiro pack',
    words: 'The spec as it lies in a repository, with trace.json beside it. Zip.',
  },
  {
    path: 'plan.pdf',
    name: 'The plan to read',
    words: 'Requirements, design and tasks on pages, with where each line comes from. PDF.',
  },
  {
    path: 'trace',
    file: 'trace.json',
    name: 'The trace',
    words: 'From each utterance to its tasks, and from each task to its utterances. JSON.',
  },
]

const ofBrief: ExportFile = {
  path: 'brief.md',
  name: 'The brief',
  words: 'What the talk asked for, with the words that it rests on. Markdown.',
}

function Download({ href, file, name, words }: ExportFile & { href: string }) {
  return (
    <li className="export-file">
      <span>
        <strong>{name}</strong>
        <span className="small muted">{words}</span>
      </span>
      <a className="button" href={href} download={file ?? true}>
        <Icon name="download" />
        Download<span className="unseen"> {name}</span>
      </a>
    </li>
  )
}

/** What can be taken away of a project, of any version of its plan. */
export function ExportTab({ project }: { project: ProjectView }) {
  const { id } = project
  const hasPlan = project.planHash !== null
  const plans = useQuery({ ...plansQuery(id), enabled: hasPlan })
  const [chosen, choose] = useState<number>()
  const select = useId()
  if (!hasPlan) {
    return (
      <Empty title="Nothing to take away yet">
        <p>The brief and the plan can be downloaded here once the plan is written.</p>
      </Empty>
    )
  }
  if (plans.isError && plans.data === undefined) return <ProblemNote error={plans.error} />
  const versions = plans.data?.items ?? []
  const version = versions.find((one) => one.version === chosen) ?? versions[0]
  if (version === undefined) return null
  const href = (path: string, asked: number | null) =>
    projectPath(id, path) + (asked === null ? '' : `?version=${asked}`)
  return (
    <section className="export panel" aria-label="Export">
      <p>
        <label htmlFor={select}>Of the plan’s </label>
        <select
          id={select}
          className="select"
          value={version.version}
          onChange={(event) => choose(Number(event.target.value))}
        >
          {versions.map(({ version: number, approved }) => (
            <option key={number} value={number}>
              version {number}
              {approved === null ? '' : ', approved'}
            </option>
          ))}
        </select>
      </p>
      <ul className="export-files">
        {ofPlan.map((file) => (
          <Download key={file.path} {...file} href={href(file.path, version.version)} />
        ))}
        <Download {...ofBrief} href={href(ofBrief.path, version.briefVersion)} />
      </ul>
    </section>
  )
}
