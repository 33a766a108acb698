import { Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './Sheet.module.css'

/** A screen with a title that is read from top to bottom. */
export function Sheet({ title, text, aside, children }: { title: string; text?: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.scroll}>
      <div className={classes.sheet}>
        <Group justify="space-between" align="flex-start" mb="lg">
          <div>
            <Title order={1} size="h2">
              {title}
            </Title>
            {text && <Text c="var(--crm-muted)">{text}</Text>}
          </div>
          {aside}
        </Group>
        {children}
      </div>
    </div>
  )
}
