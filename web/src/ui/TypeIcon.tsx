import {
  IconCalendarEvent,
  IconCamera,
  IconChartBar,
  IconCreditCard,
  IconFile,
  IconHandClick,
  IconHeadphones,
  IconHelpSquareRounded,
  IconListCheck,
  IconMapPin,
  IconMicrophone,
  IconPhoto,
  IconShoppingCart,
  IconSticker,
  IconTag,
  IconUser,
  IconUsersPlus,
  IconVideo,
  type Icon,
} from '@tabler/icons-react'
import type { MessageType } from '@/lib/types'

const ICONS: Record<Exclude<MessageType, 'text'>, Icon> = {
  image: IconCamera,
  video: IconVideo,
  video_note: IconVideo,
  voice: IconMicrophone,
  audio: IconHeadphones,
  document: IconFile,
  sticker: IconSticker,
  location: IconMapPin,
  live_location: IconMapPin,
  contacts: IconUser,
  poll: IconChartBar,
  button_reply: IconHandClick,
  list_reply: IconListCheck,
  flow_reply: IconListCheck,
  order: IconShoppingCart,
  product: IconTag,
  event: IconCalendarEvent,
  group_invite: IconUsersPlus,
  payment: IconCreditCard,
  album: IconPhoto,
  unsupported: IconHelpSquareRounded,
}

export function TypeIcon({ type, size = 16 }: { type: MessageType; size?: number }) {
  if (type === 'text') return null
  const Icon = ICONS[type] ?? ICONS.unsupported
  return <Icon size={size} stroke={1.8} aria-hidden style={{ flex: 'none' }} />
}
