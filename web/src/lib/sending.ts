/** Which chats have a message on its way to the server, so that the live stream does not show it a second time. */
const underWay = new Map<string, Set<Promise<unknown>>>()

export const sending = {
  track<T>(chatId: string, sent: Promise<T>): Promise<T> {
    const all = underWay.get(chatId) ?? new Set()
    underWay.set(chatId, all.add(sent))
    const done = () => void all.delete(sent)
    sent.then(done, done)
    return sent
  },
  async settled(chatId: string): Promise<void> {
    await Promise.allSettled([...(underWay.get(chatId) ?? [])])
  },
}
