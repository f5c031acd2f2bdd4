/** A speech bubble with a tick: what was said, done. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect className="logo-ground" width="32" height="32" rx="8" />
      <path className="logo-bubble" d="M8 9h16v11h-8.500L11 24v-4H8z" />
      <path className="logo-tick" d="m12 14.500 2.700 2.700L20 12" />
    </svg>
  )
}
