import { Avatar } from '@mantine/core'
import { IconUser, IconUsers } from '@tabler/icons-react'

const COLOURS = ['teal', 'cyan', 'blue', 'indigo', 'violet', 'grape', 'pink', 'orange', 'lime']

/** Always the same colour for the same name. */
export function colourOf(name: string): string {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 9973
  return COLOURS[sum % COLOURS.length]!
}

export function Face({ name, group = false, size = 46 }: { name: string | null; group?: boolean; size?: number }) {
  const letters = (name ?? '').replace(/[^\p{L}\s]/gu, '').trim()
  return (
    <Avatar radius="50%" size={size} color={name ? colourOf(name) : 'gray'} name={!group && letters ? letters : undefined} alt="" aria-hidden>
      {group ? <IconUsers size={size * 0.5} stroke={1.6} /> : !letters && <IconUser size={size * 0.5} stroke={1.6} />}
    </Avatar>
  )
}
