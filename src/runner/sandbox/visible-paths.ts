import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'
import type { FoundProgram } from './find-program.ts'

/** Folders of the system that hold programs; where they are links, the links are made anew. */
const systemFolders = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32']

/**
 * What programs need of `/etc` to start, to find one another and to trust certificates; its keys,
 * accounts and names of other machines stay out.
 */
const systemSettings = [
  '/etc/alternatives',
  '/etc/ca-certificates.conf',
  '/etc/ca-certificates',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
  '/etc/localtime',
  '/etc/mime.types',
  '/etc/pki/ca-trust/extracted',
  '/etc/pki/tls/cert.pem',
  '/etc/pki/tls/certs',
  '/etc/protocols',
  '/etc/services',
  '/etc/ssl/cert.pem',
  '/etc/ssl/certs',
  '/etc/ssl/openssl.cnf',
]

/** Bubblewrap's arguments that show the system's programs, to be read only. */
export function systemArguments(): string[] {
  const folders = systemFolders.flatMap((folder) => {
    const stat = lstatSync(folder, { throwIfNoEntry: false })
    if (stat === undefined) return []
    return stat.isSymbolicLink()
      ? ['--symlink', readlinkSync(folder), folder]
      : ['--ro-bind', folder, folder]
  })
  const settings = systemSettings.flatMap((file) => ['--ro-bind-try', file, file])
  return ['--ro-bind', '/usr', '/usr', ...folders, ...settings]
}

/** Whether a path is the folder or lies below it. */
export function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative))
}

const alreadyShown = ['/usr', ...systemFolders]

/**
 * Arguments that show a program that lies elsewhere: npm's packages with all that they were
 * installed with, anything else alone.
 */
export function programArguments({ file, real }: FoundProgram): string[] {
  const [before, inside] = real.split(`${path.sep}node_modules${path.sep}`, 2)
  const shown = inside === undefined ? real : path.join(before ?? '', 'node_modules')
  const bind = alreadyShown.some((folder) => isBelow(folder, real))
    ? []
    : ['--ro-bind', shown, shown]
  const isOwnLink = file !== real && ![shown, ...alreadyShown].some((one) => isBelow(one, file))
  return isOwnLink ? [...bind, '--symlink', real, file] : bind
}

/** Arguments that show a file or folder which the operator has named; a link shows what it leads to. */
export function readableArguments(file: string): string[] {
  return ['--ro-bind', realpathSync(file), path.resolve(file)]
}
