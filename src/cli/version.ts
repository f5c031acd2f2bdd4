import manifest from '../../package.json' with { type: 'json' }

/** The version of this Talkwright. */
export const { version } = manifest
