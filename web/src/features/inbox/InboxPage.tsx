import { useMediaQuery } from '@mantine/hooks'
import { IconBrandWhatsapp } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { Notice } from '@/ui/Notice'
import { ChatList } from './ChatList'
import { Conversation } from './Conversation'
import { ContactPanel } from './ContactPanel'
import classes from './InboxPage.module.css'

/** Wide enough for list, conversation and contact beside each other. */
const THREE_PANES = '(min-width: 75em)'

export function InboxPage() {
  const { t } = useTranslation()
  const { chatId } = useParams()
  const [search, setSearch] = useSearchParams()
  const roomForAll = useMediaQuery(THREE_PANES, undefined, { getInitialValueInEffect: false })
  const asked = search.get('details')
  const details = chatId !== undefined && (asked === null ? roomForAll : asked === '1')

  useEffect(() => {
    document.title = `${t('inbox.title')} · ${t('app.name')}`
  }, [t])

  function showDetails(shown: boolean) {
    setSearch((before) => {
      const next = new URLSearchParams(before)
      next.set('details', shown ? '1' : '0')
      return next
    })
  }

  return (
    <div className={classes.page} data-open={chatId !== undefined || undefined} data-details={details || undefined}>
      <div className={classes.list}>
        <ChatList openId={chatId} />
      </div>
      <div className={classes.conversation}>
        {chatId ? (
          <Conversation key={chatId} chatId={chatId} details={details} onDetails={showDetails} />
        ) : (
          <Notice icon={<IconBrandWhatsapp size={34} />} title={t('inbox.pickTitle')} text={t('inbox.pickText')} />
        )}
      </div>
      {chatId && details && (
        <div className={classes.details}>
          <ContactPanel key={chatId} chatId={chatId} onClose={() => showDetails(false)} />
        </div>
      )}
    </div>
  )
}
