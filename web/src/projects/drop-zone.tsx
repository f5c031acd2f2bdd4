import { useState } from 'react'
import { Icon } from '../parts/icon.tsx'
import { transcriptTypes } from './read-transcript.ts'

/** Takes one file: a real file input covers it, so that keys and dropping work by themselves. */
export function DropZone({
  file,
  onFile,
}: {
  file?: File | undefined
  onFile: (file: File) => void
}) {
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const first = files?.[0]
    if (first !== undefined) onFile(first)
  }
  return (
    <label className="drop-zone" data-over={over}>
      <input
        type="file"
        accept={transcriptTypes}
        onChange={(event) => take(event.target.files)}
        onDragEnter={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={() => setOver(false)}
      />
      <Icon name={file === undefined ? 'upload' : 'check'} />
      <span>
        {file === undefined ? (
          <>
            <strong>Choose a transcript</strong> or drop it here
          </>
        ) : (
          <strong>{file.name}</strong>
        )}
        <span className="drop-zone-hint">
          {file === undefined
            ? 'Text with speaker names, WebVTT, SRT or JSON, up to 5 MiB'
            : `${Math.ceil(file.size / 1024)} KiB. Choose or drop another to replace it.`}
        </span>
      </span>
    </label>
  )
}
