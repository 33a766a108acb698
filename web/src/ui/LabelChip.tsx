import { Badge, type BadgeProps } from '@mantine/core'

/** A label as WhatsApp shows it: its name on its colour. */
export function LabelChip({ label, ...rest }: BadgeProps & { label: { name: string; colour: string | null } }) {
  return (
    <Badge tt="none" variant="filled" autoContrast {...rest} color={label.colour ?? 'gray'}>
      {label.name}
    </Badge>
  )
}
