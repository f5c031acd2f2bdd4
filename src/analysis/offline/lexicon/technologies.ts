import { wordSet } from './word-set.ts'

/** Names of what software is made with. */
export const technologies = wordSet(`
  postgresql postgres mysql mariadb sqlite mongodb redis oracle react vue angular svelte next.js node.js
  node typescript javascript python django flask rails ruby php laravel java spring kotlin swift flutter
  golang rust dotnet .net c# docker kubernetes aws azure gcp supabase firebase vercel netlify heroku
  wordpress shopify stripe paypal
`)
