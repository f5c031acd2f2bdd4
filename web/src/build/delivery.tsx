import type { DeliveryOutcome } from '../../../src/domain/deliver.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Note } from '../parts/note.tsx'

function PullRequestLink({ number, url }: { number: number; url: string }) {
  // The address comes from another server: nothing but a page may stand behind the link.
  if (!/^https?:\/\//.test(url)) return null
  return (
    <div>
      <dt>Pull request</dt>
      <dd>
        <a href={url} target="_blank" rel="noreferrer">
          #{number}
        </a>
      </dd>
    </div>
  )
}

/** Where a build was delivered, or why it was not. */
export function Delivery({ outcome }: { outcome: DeliveryOutcome }) {
  if ('error' in outcome) {
    return (
      <Note tone="ask" title={`Not delivered: ${outcome.error.message}`}>
        <p>The build is complete; it can be downloaded here.</p>
      </Note>
    )
  }
  const { branch, url, pull_request: request } = outcome
  return (
    <dl className="build-outcome">
      {request !== undefined && <PullRequestLink number={request.number} url={request.url} />}
      <div>
        <dt>Branch</dt>
        <dd>
          <CopyText text={branch} what="the branch" />
        </dd>
      </div>
      <div>
        <dt>Remote</dt>
        <dd>
          <CopyText text={url} what="the remote" />
        </dd>
      </div>
    </dl>
  )
}
