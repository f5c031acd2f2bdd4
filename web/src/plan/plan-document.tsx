import type { LintFindingView } from '../../../src/http/views.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import type { PlanDocument } from './documents.ts'
import { LintList } from './lint-list.tsx'

interface PlanDocumentProps {
  document: PlanDocument
  lint: readonly LintFindingView[]
}

/** One file of the plan, with what the checks found in it above. */
export function PlanDocumentView({ document, lint }: PlanDocumentProps) {
  const { name, file } = document
  const findings = lint.filter((finding) => finding.file.endsWith(name))
  return (
    <>
      <p className="plan-path mono">{file.path}</p>
      {findings.length > 0 && <LintList findings={findings} />}
      {name.endsWith('.md') ? (
        <Markdown text={file.content} />
      ) : (
        <ScrollRegion className="plan-raw" label={name}>
          <pre>{file.content}</pre>
        </ScrollRegion>
      )}
    </>
  )
}
