import { useEffect, useRef, useState } from 'react'

/** Firefox records what WhatsApp plays; what other browsers record is converted on its way. */
const TYPES = [
  { type: 'audio/ogg;codecs=opus', ending: 'ogg' },
  { type: 'audio/webm;codecs=opus', ending: 'webm' },
  { type: 'audio/mp4', ending: 'm4a' },
]
/** Nobody listens longer; it makes 2.4 MB. */
const LONGEST_SECONDS = 600
/** Enough for speech. */
const BITS_PER_SECOND = 32_000

export type VoiceProblem = 'refused' | 'missing' | 'unsupported'

type Recording = { recorder: MediaRecorder; ending: string; chunks: Blob[]; stopped: Promise<unknown> }

function end({ recorder }: Recording) {
  if (recorder.state !== 'inactive') recorder.stop()
  recorder.stream.getTracks().forEach((track) => track.stop())
}

/** Records a voice note with the microphone, which is let go when the note is sent, discarded or left behind. */
export function useVoice() {
  const [recording, setRecording] = useState<Recording | null>(null)
  const [seconds, setSeconds] = useState(0)
  const [problem, setProblem] = useState<VoiceProblem | null>(null)
  const asking = useRef(false)
  const left = useRef(false)

  useEffect(() => {
    left.current = false
    return () => void (left.current = true)
  }, [])

  useEffect(() => {
    if (!recording) return
    const begun = Date.now()
    const timer = setInterval(() => {
      const passed = (Date.now() - begun) / 1000
      setSeconds(Math.min(passed, LONGEST_SECONDS))
      if (passed >= LONGEST_SECONDS && recording.recorder.state === 'recording') recording.recorder.pause()
    }, 250)
    return () => {
      clearInterval(timer)
      end(recording)
    }
  }, [recording])

  async function start() {
    const kind = 'MediaRecorder' in window && navigator.mediaDevices && TYPES.find(({ type }) => MediaRecorder.isTypeSupported(type))
    if (!kind) return setProblem('unsupported')
    if (asking.current) return
    asking.current = true
    setProblem(null)
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      if (left.current) return stream.getTracks().forEach((track) => track.stop())
      const recorder = new MediaRecorder(stream, { mimeType: kind.type, audioBitsPerSecond: BITS_PER_SECOND })
      const chunks: Blob[] = []
      recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data))
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve))
      recorder.start()
      setSeconds(0)
      setRecording({ recorder, ending: kind.ending, chunks, stopped })
    } catch (failed) {
      setProblem(failed instanceof DOMException && failed.name === 'NotAllowedError' ? 'refused' : 'missing')
    } finally {
      asking.current = false
    }
  }

  /** What was recorded; asked for again it is the same. */
  async function finish(): Promise<File> {
    if (!recording) throw new Error('nothing is being recorded')
    end(recording)
    await recording.stopped
    return new File(recording.chunks, `voz.${recording.ending}`, { type: recording.recorder.mimeType })
  }

  return { active: recording !== null, seconds, problem, start, finish, discard: () => setRecording(null) }
}
