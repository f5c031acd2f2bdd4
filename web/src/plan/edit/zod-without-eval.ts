import { config } from 'zod'

// The page's policy forbids code from text, and the browser reports whoever only tries it.
config({ jitless: true })
