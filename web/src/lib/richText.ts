export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mono'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; pieces: Piece[] }

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const
const ADDRESS = /https?:\/\/[^\s<>"]+/gi
const AFTER_ADDRESS = /[.,;:!?)\]}'*_~]+$/
const WORD = /[\p{L}\p{N}]/u

/** WhatsApp's own way of writing, read as WhatsApp does. Pieces of text, never markup: nothing here can inject. */
export function richText(text: string): Piece[] {
  const pieces: Piece[] = []
  let rest = 0
  for (const block of text.matchAll(/```([\s\S]+?)```|`([^`\n]+)`/g)) {
    pieces.push(...linked(text.slice(rest, block.index)))
    pieces.push({ kind: 'mono', text: block[1] ?? block[2]! })
    rest = block.index + block[0].length
  }
  pieces.push(...linked(text.slice(rest)))
  return pieces
}

/** Addresses come before marks: an underscore inside one is part of it. */
function linked(text: string): Piece[] {
  const pieces: Piece[] = []
  let rest = 0
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(AFTER_ADDRESS, '')
    if (!URL.canParse(address)) continue
    pieces.push(...marked(text.slice(rest, found.index)))
    pieces.push({ kind: 'link', text: address, href: address })
    rest = found.index + address.length
  }
  pieces.push(...marked(text.slice(rest)))
  return pieces
}

function marked(text: string): Piece[] {
  const pieces: Piece[] = []
  let plain = ''
  const flush = () => {
    if (plain) pieces.push({ kind: 'text', text: plain })
    plain = ''
  }
  for (let at = 0; at < text.length; at++) {
    const mark = text[at] as keyof typeof MARKS
    const end = mark in MARKS ? closing(text, at, mark) : -1
    if (end < 0) {
      plain += text[at]
      continue
    }
    flush()
    pieces.push({ kind: MARKS[mark], pieces: marked(text.slice(at + 1, end)) })
    at = end
  }
  flush()
  return pieces
}

/** Where the mark that opens here closes again, on the same line; -1 if it is just a character. */
function closing(text: string, at: number, mark: string): number {
  if (WORD.test(text[at - 1] ?? ' ') || /\s/.test(text[at + 1] ?? ' ') || text[at + 1] === mark) return -1
  for (let end = at + 1; end < text.length && text[end] !== '\n'; end++) {
    if (text[end] !== mark || /\s/.test(text[end - 1]!) || WORD.test(text[end + 1] ?? ' ')) continue
    return end
  }
  return -1
}

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s)+$/u
const MOST_LARGE_EMOJI = 3

/** A few emoji and nothing else are shown large. */
export function isFewEmoji(text: string): boolean {
  if (text.length > 40 || !EMOJI_ONLY.test(text)) return false
  return [...new Intl.Segmenter().segment(text.replaceAll(/\s/g, ''))].length <= MOST_LARGE_EMOJI
}
