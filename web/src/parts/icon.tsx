import type { ReactNode } from 'react'
import './icon.css'

/** The page's own few pictures, drawn on a grid of 16 with the text's colour. */
const shapes = {
  check: <path d="m3.500 8.500 3 3 6-7" />,
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  dot: <circle cx="8" cy="8" r="2.500" fill="currentColor" stroke="none" />,
  pause: <path d="M6 4v8M10 4v8" />,
  question: (
    <>
      <path d="M6 6a2 2 0 1 1 2.700 1.900c-.500.200-.700.600-.700 1.100v.300" />
      <circle cx="8" cy="11.800" r=".9" fill="currentColor" stroke="none" />
    </>
  ),
  back: <path d="M6.500 4 3 7.500 6.500 11M3 7.500h6.500a3 3 0 0 1 0 6" />,
  down: <path d="M8 3v9.500M4.500 9 8 12.500 11.500 9" />,
  download: <path d="M8 2.500v7.500M5 7.500 8 10.500l3-3M3 13h10" />,
  upload: <path d="M8 10.500V3M5 5.500 8 2.500l3 3M3 13h10" />,
  comment: <path d="M3 3.500h10v7H8L5 13v-2.500H3z" />,
  copy: <path d="M6 6h7v7H6zM3 10V3h7" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes

/** A picture beside words that say the same; hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  )
}
