import { useEffect, useState } from 'react'
import { Icon } from './icon.tsx'
import './copy-text.css'

const thanksMs = 1_600

/** Text to be taken elsewhere (a folder, a hash), with a button that copies the whole of it. */
export function CopyText({
  text,
  shown = text,
  what,
}: {
  text: string
  shown?: string
  what: string
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), thanksMs)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    // The clipboard is missing where the page came over plain HTTP; the text can be selected.
    void navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <span className="copy-text">
      <code title={text}>{shown}</code>
      <button type="button" onClick={copy} aria-label={`Copy ${what}`} title={`Copy ${what}`}>
        <Icon name={copied ? 'check' : 'copy'} />
      </button>
      <output className="unseen">{copied ? 'Copied' : ''}</output>
    </span>
  )
}
