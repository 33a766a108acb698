import { createBrowserRouter, Navigate } from 'react-router'
import { NotFound } from './NotFound'
import { Shell } from './Shell'
import { SignedInOnly, SignedOutOnly } from './doors'

export const router = createBrowserRouter([
  {
    element: <SignedOutOnly />,
    HydrateFallback: () => null,
    children: [
      { path: '/sign-in', lazy: async () => ({ Component: (await import('@/features/auth/SignInPage')).SignInPage }) },
      { path: '/setup', lazy: async () => ({ Component: (await import('@/features/auth/SetupPage')).SetupPage }) },
    ],
  },
  {
    element: <SignedInOnly />,
    HydrateFallback: () => null,
    children: [
      {
        element: <Shell />,
        children: [
          { path: '/', element: <Navigate to="/inbox" replace /> },
          {
            path: '/inbox/:chatId?',
            lazy: async () => ({ Component: (await import('@/features/inbox/InboxPage')).InboxPage }),
          },
          {
            path: '/contacts/:contactId?',
            lazy: async () => ({ Component: (await import('@/features/contacts/ContactsPage')).ContactsPage }),
          },
          {
            path: '/pipelines/:pipelineId?',
            lazy: async () => ({ Component: (await import('@/features/pipelines/BoardPage')).BoardPage }),
          },
          {
            path: '/channels',
            lazy: async () => ({ Component: (await import('@/features/channels/ChannelsPage')).ChannelsPage }),
          },
          {
            path: '/operations',
            lazy: async () => ({ Component: (await import('@/features/operations/OperationsPage')).OperationsPage }),
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
])
