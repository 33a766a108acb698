import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The field of a password that is chosen now, with what the server asks of it. */
export function NewPassword(props: Pick<PasswordInputProps, 'name' | 'label' | 'error' | 'autoFocus'>) {
  const { t } = useTranslation()
  return (
    <PasswordInput
      name="password"
      description={t('auth.passwordHint')}
      autoComplete="new-password"
      minLength={10}
      maxLength={200}
      required
      withAsterisk={false}
      {...props}
    />
  )
}
