import { Button } from '@mantine/core'
import { IconMoodSad } from '@tabler/icons-react'
import { Component, type ReactNode } from 'react'
import { i18next } from '@/lib/i18n'
import { Notice } from './Notice'

/** Keeps a fault in one screen from taking the whole app down. A new `place` is a new start. */
export class Boundary extends Component<{ children: ReactNode; place: string }, { broken: boolean }> {
  state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  componentDidUpdate(before: { place: string }) {
    if (before.place !== this.props.place && this.state.broken) this.setState({ broken: false })
  }

  render() {
    if (!this.state.broken) return this.props.children
    return (
      <div role="alert" style={{ height: '100%' }}>
        <Notice icon={<IconMoodSad />} title={i18next.t('app.brokenTitle')} text={i18next.t('app.brokenText')} tone="red">
          <Button onClick={() => location.reload()}>{i18next.t('app.reload')}</Button>
        </Notice>
      </div>
    )
  }
}
