import { useEffect, useState } from 'react'

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/**
 * Takes a file that is dropped anywhere on the page; true while one is held over it. Without this
 * the browser would leave the page and show the file. Who takes none gives no function.
 */
export function useFileDrop(onFile: ((file: File) => void) | undefined): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const hold = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setOver(onFile !== undefined)
    }
    const leave = (event: DragEvent) => {
      // Between two elements of the page there is always one that it goes to.
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      setOver(false)
      const file = event.dataTransfer?.files[0]
      // A file input takes what is dropped on it by itself.
      if (file === undefined || event.target instanceof HTMLInputElement) return
      event.preventDefault()
      onFile?.(file)
    }
    window.addEventListener('dragover', hold)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', hold)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [onFile])
  return over
}
