export type Frame = { id: string | null; event: string; data: string }

/** Puts a text/event-stream together from pieces that end anywhere. Comments (the server's pulse) give nothing. */
export function frameReader() {
  let rest = ''
  return (piece: string): Frame[] => {
    rest += piece
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => {
      const frame: Frame = { id: null, event: 'message', data: '' }
      const data: string[] = []
      for (const line of block.split('\n')) {
        const colon = line.indexOf(':')
        if (colon <= 0) continue
        const value = line.slice(colon + 1).replace(/^ /, '')
        const name = line.slice(0, colon)
        if (name === 'id') frame.id = value
        else if (name === 'event') frame.event = value
        else if (name === 'data') data.push(value)
      }
      frame.data = data.join('\n')
      return data.length > 0 || frame.event !== 'message' ? [frame] : []
    })
  }
}
