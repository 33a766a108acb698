import { memo, type ReactNode } from 'react'
import { richText, type Piece } from '@/lib/richText'
import classes from './RichText.module.css'

/** Text as WhatsApp shows it. */
export const RichText = memo(function RichText({ text }: { text: string }) {
  return <span className={classes.text}>{richText(text).map(show)}</span>
})

function show(piece: Piece, at: number): ReactNode {
  switch (piece.kind) {
    case 'text':
      return piece.text
    case 'link':
      return (
        <a key={at} href={piece.href} target="_blank" rel="noopener noreferrer">
          {piece.text}
        </a>
      )
    case 'mono':
      return <code key={at}>{piece.text}</code>
    case 'bold':
      return <strong key={at}>{piece.pieces.map(show)}</strong>
    case 'italic':
      return <em key={at}>{piece.pieces.map(show)}</em>
    case 'strike':
      return <s key={at}>{piece.pieces.map(show)}</s>
  }
}
