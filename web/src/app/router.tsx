import { createBrowserRouter, Navigate } from 'react-router'
import { NotFound } from './NotFound'
import { Shell } from './Shell'
import { SignedInOnly, SignedOutOnly } from './doors'

export const router = createBrowserRouter([
  {
    // for whoever comes with a link from a letter, signed in or not
    HydrateFallback: () => null,
    children: [
      { path: '/accept-invitation', lazy: async () => ({ Component: (await import('@/features/auth/AcceptInvitationPage')).AcceptInvitationPage }) },
      { path: '/reset-password', lazy: async () => ({ Component: (await import('@/features/auth/ResetPasswordPage')).ResetPasswordPage }) },
    ],
  },
  {
    element: <SignedOutOnly />,
    HydrateFallback: () => null,
    children: [
      { path: '/sign-in', lazy: async () => ({ Component: (await import('@/features/auth/SignInPage')).SignInPage }) },
      { path: '/forgot-password', lazy: async () => ({ Component: (await import('@/features/auth/ForgotPasswordPage')).ForgotPasswordPage }) },
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
            path: '/pipelines/:pipelineId/settings',
            lazy: async () => ({ Component: (await import('@/features/pipelines/SettingsPage')).SettingsPage }),
          },
          {
            path: '/channels',
            lazy: async () => ({ Component: (await import('@/features/channels/ChannelsPage')).ChannelsPage }),
          },
          {
            path: '/channels/:channelId',
            lazy: async () => ({ Component: (await import('@/features/channels/ChannelPage')).ChannelPage }),
          },
          {
            path: '/team',
            lazy: async () => ({ Component: (await import('@/features/team/TeamPage')).TeamPage }),
          },
          {
            path: '/team/roles',
            lazy: async () => ({ Component: (await import('@/features/team/RolesPage')).RolesPage }),
          },
          {
            path: '/team/keys',
            lazy: async () => ({ Component: (await import('@/features/team/KeysPage')).KeysPage }),
          },
          {
            path: '/team/company',
            lazy: async () => ({ Component: (await import('@/features/team/CompanyPage')).CompanyPage }),
          },
          {
            path: '/account',
            lazy: async () => ({ Component: (await import('@/features/account/AccountPage')).AccountPage }),
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
